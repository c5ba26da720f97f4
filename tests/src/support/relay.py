"""Joins two network namespaces by two TUN devices and carries the packets between them as a bad line does.

The namespace that it is started in gets NEAR, a new one that it moves into gets FAR. Packets of the ports that are named
pass as they are; every other one is lost, doubled or delayed at random, so that some overtake others. Its standard input
takes `cut`, `join` and `counts`; it answers each with one line.
"""

import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import socket
import struct
import sys
import time

NEAR, FAR = "10.77.0.1", "10.77.0.2"
LOST, DOUBLED, LEAST_DELAY, MOST_DELAY = 0.06, 0.05, 0.002, 0.09
CLONE_NEWNET = 0x40000000
TUNSETIFF, IFF_TUN_WITHOUT_HEAD = 0x400454CA, 0x1001
SIOCGIFFLAGS, SIOCSIFFLAGS, SIOCSIFADDR, SIOCSIFDSTADDR = 0x8913, 0x8914, 0x8916, 0x8918


def of_device(request, name, data):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        return fcntl.ioctl(any_socket, request, struct.pack("16s24s", name, data))


def up(name):
    flags = struct.unpack_from("16sH", of_device(SIOCGIFFLAGS, name, b""))[1]
    of_device(SIOCSIFFLAGS, name, struct.pack("H", flags | 0x41))


def tun(name, own, other):
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name, IFF_TUN_WITHOUT_HEAD))
    for request, address in ((SIOCSIFADDR, own), (SIOCSIFDSTADDR, other)):
        of_device(request, name, struct.pack("HH4s8x", socket.AF_INET, 0, socket.inet_aton(address)))
    up(name)
    return device


def is_clear(packet, ports):
    """Whether it is a packet of TCP from or to one of the ports."""
    if len(packet) < 24 or packet[0] >> 4 != 4 or packet[9] != socket.IPPROTO_TCP:
        return False
    at = (packet[0] & 15) * 4
    return any(port in ports for port in struct.unpack_from("!HH", packet, at))


def main():
    chance = random.Random(int(sys.argv[1]))
    ports = {int(it) for it in sys.argv[2:]}
    up(b"lo")
    near = tun(b"near", NEAR, FAR)
    if ctypes.CDLL(None, use_errno=True).unshare(CLONE_NEWNET) != 0:
        raise OSError(ctypes.get_errno(), "no network namespace")
    up(b"lo")
    far = tun(b"far", FAR, NEAR)
    print("ready", flush=True)
    counts = dict.fromkeys(("carried", "lost", "doubled", "overtaken", "cut"), 0)
    waiting, number, newest, is_cut = [], 0, {near: 0, far: 0}, False
    while True:
        pause = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        ready = select.select([near, far, sys.stdin], [], [], pause)[0]
        if sys.stdin in ready:
            asked = sys.stdin.readline().strip()
            if not asked:
                return
            is_cut = {"cut": True, "join": False}.get(asked, is_cut)
            print(json.dumps(counts), flush=True)
        for device in (near, far):
            if device not in ready:
                continue
            packet, to = os.read(device, 65535), far if device == near else near
            number += 1
            if is_clear(packet, ports):
                os.write(to, packet)
            elif is_cut:
                counts["cut"] += 1
            elif chance.random() < LOST:
                counts["lost"] += 1
            else:
                copies = 2 if chance.random() < DOUBLED else 1
                counts["doubled"] += copies - 1
                for _ in range(copies):
                    after = chance.uniform(LEAST_DELAY, MOST_DELAY)
                    heapq.heappush(waiting, (time.monotonic() + after, number, to, packet))
        while waiting and waiting[0][0] <= time.monotonic():
            _, its, to, packet = heapq.heappop(waiting)
            counts["carried"] += 1
            counts["overtaken"] += its < newest[to]
            newest[to] = max(newest[to], its)
            os.write(to, packet)


main()
