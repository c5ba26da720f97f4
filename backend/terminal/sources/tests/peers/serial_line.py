"""A serial line of two pseudo-terminals, with a device of another origin at its far end: pymodbus, a meter of the package
dlt645, or a water meter that answers one request of CJ/T 188 with the bytes of a published answer, their checksum
computed here."""
import asyncio
import os
import sys
import termios
import threading
import tty
from pathlib import Path

import serial

# Item 901F of the water meter 78330011223344: 556677.00 m³ twice, the clock of the meter, its state.
ASKED = bytes.fromhex("68 10 44 33 22 11 00 33 78 01 03 1F 90 00 80 16")
ANSWER = bytes.fromhex("68 10 44 33 22 11 00 33 78 81 16 1F 90 00"
                       "00 77 66 55 2C 00 77 66 55 2C 31 01 22 11 05 15 20 21 84")


def pair():
    """Two ends; what is written to one is read from the other, at whatever speed each is set to."""
    ends = [os.openpty() for _ in range(2)]
    for master, slave in ends:
        tty.setraw(slave, termios.TCSANOW)

    def pass_on(from_, to):
        while True:
            os.write(to, os.read(from_, 256))

    for from_, to in (ends, ends[::-1]):
        threading.Thread(target=pass_on, args=(from_[0], to[0]), daemon=True).start()
    # The slaves stay open here, so that a line does not end when one side closes it.
    return [os.ttyname(slave) for _, slave in ends]


def modbus(port):
    from modbus_device import context
    from pymodbus import FramerType
    from pymodbus.server import StartAsyncSerialServer

    asyncio.run(StartAsyncSerialServer(context, framer=FramerType.RTU, port=port, baudrate=9600, parity="N"))


def electricity(port):
    from dlt645 import MeterServerService

    meter = MeterServerService.new_rtu_server(port, 8, 1, 2400, "E", 5)
    meter.set_address(bytes.fromhex("292507072120"))
    meter.set_00(0x00010000, 123456.78)
    meter.start()
    threading.Event().wait()


def water(port):
    line, heard = serial.Serial(port, 2400, parity="E"), b""
    while True:
        heard += line.read(1)
        if heard.endswith(ASKED):
            heard = b""
            line.write(ANSWER + bytes([sum(ANSWER) % 256, 0x16]))


kind, folder = sys.argv[1], Path(sys.argv[2])
near, far = pair()
(folder / "line").symlink_to(near)
{"modbus": modbus, "electricity": electricity, "water": water}[kind](far)
