"""A server of OPC UA of another origin: asyncua."""
import asyncio
import sys
from datetime import datetime, timezone

from asyncua import Server, ua


async def main():
    server = Server()
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{sys.argv[1]}/")
    server.set_security_policy([ua.SecurityPolicyType.NoSecurity])
    space = await server.register_namespace("urn:plant")
    meter = await server.nodes.objects.add_object(ua.NodeId("Meter", space), "Meter")
    energy = await meter.add_variable(ua.NodeId("Meter.Energy", space), "Energy", 4321.25)
    moment = datetime(2026, 1, 5, 0, 0, tzinfo=timezone.utc)
    await energy.write_value(ua.DataValue(ua.Variant(4321.25), SourceTimestamp=moment))
    await meter.add_variable(ua.NodeId(7, space), "Pulses", 99, ua.VariantType.UInt32)
    await meter.add_variable(ua.NodeId("Meter.Name", space), "Name", "no number")
    async with server:
        await asyncio.Event().wait()


asyncio.run(main())
