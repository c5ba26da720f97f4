"""A device of Modbus of another origin: pymodbus, by TCP or RTU frames."""
import asyncio
import struct
import sys

from pymodbus import FramerType
from pymodbus.datastore import ModbusDeviceContext, ModbusSequentialDataBlock, ModbusServerContext
from pymodbus.server import StartAsyncTcpServer


def registers(packed):
    return list(struct.unpack(f">{len(packed) // 2}H", packed))


# Register 0 onwards; the data block of pymodbus counts from 1.
held = (
    registers(struct.pack(">f", 123.5))  # 0
    + registers(struct.pack(">i", -70000))  # 2
    + registers(struct.pack(">d", 1234567.125))  # 4
    + [0x1234, 0x5678]  # 8: decimal digits
    + list(reversed(registers(struct.pack(">I", 305419896))))  # 10: low word first
    + [65535]  # 12
)
device = ModbusDeviceContext(
    di=ModbusSequentialDataBlock(1, [False, True]),
    co=ModbusSequentialDataBlock(1, [True, False]),
    hr=ModbusSequentialDataBlock(1, held),
    ir=ModbusSequentialDataBlock(1, registers(struct.pack(">q", -5))),
)
context = ModbusServerContext(devices={1: device}, single=False)
if __name__ == "__main__":
    framer = {"tcp": FramerType.SOCKET, "rtu": FramerType.RTU}[sys.argv[1]]
    asyncio.run(StartAsyncTcpServer(context, framer=framer, address=("127.0.0.1", int(sys.argv[2]))))
