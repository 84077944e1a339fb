"""Which wires a sandbox has, by its options."""

from __future__ import annotations

from sim.sandbox.http_server import HttpServer
from sim.sandbox.message_centre import MessageCentre
from sim.sandbox.options import Options
from sim.sandbox.sandbox import Wire
from sim.sandbox.sftp_site import SftpSite


def wires_of(options: Options) -> list[Wire]:
    """The wires in the order in which they open; HTTP is the last, so that whoever reaches it finds all."""
    wires: list[Wire] = [SftpSite(options.host, options.sftp_port)]
    if options.smpp:
        wires.append(MessageCentre(options.host, options.smpp_port))
    return [*wires, HttpServer(options.host, options.port)]
