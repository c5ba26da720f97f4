"""A meter of DL/T 645-2007 of another origin: the package dlt645."""
import sys
import threading

from dlt645 import MeterServerService

meter = MeterServerService.new_tcp_server("127.0.0.1", int(sys.argv[1]), 30)
# Lowest byte first, as on the wire.
meter.set_address(bytes.fromhex("292507072120"))
meter.set_00(0x00000000, 317.76)
meter.set_00(0x00010000, 123456.78)
meter.set_02(0x02010100, 220.5)
meter.set_02(0x02020100, 1.234)
threading.Thread(target=meter.start, daemon=True).start()
threading.Event().wait()
