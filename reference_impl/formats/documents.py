"""Work orders and notifications in their XML form, and the schemas that they are checked against (ROUTE-7).

The schemas of the reference offer are not public: stand-ins are read from a folder, and users put their
own there. XML is read without entities, document types or network. What a well-formed order may contain
is decided by intake, not here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from lxml import etree

from reference_impl.civil_time import format_instant
from reference_impl.errors import CallerError
from reference_impl.intake import FLAGS, WorkOrder, parse_order
from reference_impl.ports import Slot

ORDER_SCHEMA, NOTIFICATION_SCHEMA = "order.xsd", "notification.xsd"
ORDER_NAMESPACE = "urn:appuntamento:stand-in:order"
NOTIFICATION_NAMESPACE = "urn:appuntamento:stand-in:notification"
LARGEST_DOCUMENT_BYTES = 1_000_000

# Elements of a work order in their order, and the member of intake that each one carries.
ORDER_ELEMENTS: Mapping[str, str] = MappingProxyType(
    {
        "order": "order",
        "operator": "operator",
        "service": "service",
        "activity": "activity",
        "lineState": "line_state",
        "territory": "territory",
        "phone": "phone",
        "projectCode": "project_code",
        "deliveryCode": "delivery_code",
        "disaggregated": "disaggregated",
        "pdcDisaggregated": "pdc_disaggregated",
    }
)
RECEIVED_AT = "receivedAt"  # set by the receiver: no member of intake
XML_BOOLEANS: Mapping[str, bool] = MappingProxyType({"true": True, "1": True, "false": False, "0": False})


class DocumentError(CallerError):
    """A document that cannot be read or does not fit its schema. Data: line (from 1), message."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(line, message)
        self.line, self.message = line, message

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class SchemaError(CallerError):
    """A schema file that cannot be read or is no XML Schema. Data: path, line (0 = whole file), message."""

    def __init__(self, path: str, line: int, message: str) -> None:
        super().__init__(path, line, message)
        self.path, self.line, self.message = path, line, message

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.message}" if self.line else f"{self.path}: {self.message}"


@dataclass(frozen=True, slots=True)
class Schemas:
    """The two schemas in force. Made by `load_schemas`."""

    order: etree.XMLSchema
    notification: etree.XMLSchema

    def validate_order(self, xml: bytes | str) -> None:
        """Raise DocumentError unless the document is an order of the schema."""
        _validate(_parsed(xml), self.order)

    def validate_notification(self, xml: bytes | str) -> None:
        """Raise DocumentError unless the document is a notification of the schema."""
        _validate(_parsed(xml), self.notification)


def load_schemas(folder: Path) -> Schemas:
    """The schemas of a folder: `order.xsd` and `notification.xsd`. Raises SchemaError."""
    return Schemas(_schema(folder / ORDER_SCHEMA), _schema(folder / NOTIFICATION_SCHEMA))


def order_document(order: WorkOrder, received_at: int) -> str:
    """The XML form of a work order, received at an instant. A code that is absent has no element."""
    members = {element: _text_of(order, member) for element, member in ORDER_ELEMENTS.items()}
    elements = [(element, text) for element, text in members.items() if text is not None]
    return _written(ORDER_NAMESPACE, "workOrder", [*elements, (RECEIVED_AT, format_instant(received_at))])


def notification_document(operator: str, order_code: str, code: str, label: str, at: int, slot: Slot | None) -> str:
    """The XML form of a notification with its causal code and label, sent at an instant."""
    elements = [
        ("operator", operator),
        ("order", order_code),
        ("code", code),
        ("label", label),
    ]
    return _written(NOTIFICATION_NAMESPACE, "notification", [*elements, ("at", format_instant(at))], slot)


def parse_order_document(xml: bytes | str, schemas: Schemas) -> WorkOrder:
    """A work order from its XML form, checked against the schema and then as intake checks any order.

    Raises DocumentError for the document, IntakeError for what it says.
    """
    root = _parsed(xml)
    _validate(root, schemas.order)
    members: dict[str, object] = {}
    for child in root:
        element, text = etree.QName(child).localname, child.text or ""
        if element != RECEIVED_AT:
            member = ORDER_ELEMENTS.get(element, element)
            members[member] = XML_BOOLEANS.get(text.strip(), text) if member in FLAGS else text
    return parse_order(members)


def _text_of(order: WorkOrder, member: str) -> str | None:
    value = getattr(order, "code" if member == "order" else member)
    return str(value).lower() if isinstance(value, bool) else value


def _written(namespace: str, name: str, elements: Iterable[tuple[str, str]], slot: Slot | None = None) -> str:
    root = etree.Element(f"{{{namespace}}}{name}", nsmap={None: namespace})  # type: ignore[dict-item]  # stubs lack it
    for element, text in elements:
        etree.SubElement(root, f"{{{namespace}}}{element}").text = text
    if slot is not None:
        band = etree.SubElement(root, f"{{{namespace}}}slot")
        for element, instant in (("start", slot.start), ("end", slot.end)):
            etree.SubElement(band, f"{{{namespace}}}{element}").text = format_instant(instant)
    return etree.tostring(root, encoding="unicode")


def _parser(encoding: str | None = None) -> etree.XMLParser:
    """A parser that fetches nothing, expands nothing, and drops what a schema does not see."""
    return etree.XMLParser(
        encoding=encoding,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _parsed(xml: bytes | str) -> etree._Element:
    data = xml.encode("utf-8", "surrogatepass") if isinstance(xml, str) else xml
    if len(data) > LARGEST_DOCUMENT_BYTES:
        raise DocumentError(1, f"{len(data)} bytes; allowed: at most {LARGEST_DOCUMENT_BYTES}")
    try:
        # A text has been decoded already, whatever encoding its declaration names.
        root = etree.fromstring(data, _parser("utf-8" if isinstance(xml, str) else None))
    except etree.XMLSyntaxError as error:
        raise DocumentError(error.lineno or 1, f"not well-formed XML: {_one_line(error.msg)}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(1, "a document type declaration is not allowed")
    return root


def _validate(root: etree._Element, schema: etree.XMLSchema) -> None:
    if not schema.validate(root):
        raise DocumentError(*_first_of(schema.error_log))


def _schema(path: Path) -> etree.XMLSchema:
    try:
        return etree.XMLSchema(etree.parse(str(path), _parser()))
    except OSError as error:
        raise SchemaError(str(path), 0, "the file cannot be read") from error
    except etree.XMLSyntaxError as error:
        raise SchemaError(str(path), error.lineno or 1, f"not well-formed XML: {_one_line(error.msg)}") from error
    except etree.XMLSchemaParseError as error:
        line, message = _first_of(error.error_log)
        raise SchemaError(str(path), line, f"not an XML Schema: {message}") from error


def _first_of(error_log: Any) -> tuple[int, str]:
    """The line and message of the first entry; `Any`, because the stubs give error logs no members."""
    return next(((max(entry.line, 1), _one_line(entry.message)) for entry in error_log), (1, "no reason given"))


def _one_line(message: str | None) -> str:
    line = " ".join((message or "").split())
    return re.sub(r"\{urn:appuntamento:[^}]*\}|, line \d+, column \d+$", "", line)
