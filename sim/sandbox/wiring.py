"""Which wires a sandbox has, by its options."""

from __future__ import annotations

from collections.abc import Sequence

from sim.sandbox.app import create_app
from sim.sandbox.http.server import HttpServer
from sim.sandbox.options import Options
from sim.sandbox.pages.more_rooms import MoreRoom
from sim.sandbox.sandbox import Wire
from sim.sandbox.sftp.server import SftpSite
from sim.sandbox.smpp.message_centre import MessageCentre


def wires_of(options: Options, rooms: Sequence[MoreRoom] = ()) -> list[Wire]:
    """The wires in the order in which they open; HTTP is the last, so that a client that reaches it finds all.

    `rooms` are those beside the control room.
    """
    wires: list[Wire] = [SftpSite(options.host, options.sftp_port)]
    if options.smpp:
        wires.append(MessageCentre(options.host, options.smpp_port))
    return [*wires, HttpServer(options.host, options.port, lambda sandbox: create_app(sandbox, rooms))]
