#!/usr/bin/python3
"""A name server that knows MX records, and some that never come.

usage: dns_server.py LOG DOMAIN=ANSWER...

ANSWER: "10:mx.example.net,20:other.example" (records), "none" (the name exists, without
MX), "absent", "failure", "silence", or "late:MS:10:mx.example.net". A domain that is not
named is absent. Prints its port; a line of LOG: each name that was asked for. Runs until
it is killed. Standard library only.
"""
import os
import socket
import struct
import sys
import threading

CODES = {"failure": 2, "absent": 3}


def question(packet):
    """(name, end of the question)"""
    labels, at = [], 12
    while packet[at]:
        labels.append(packet[at + 1:at + 1 + packet[at]].decode("latin-1"))
        at += 1 + packet[at]
    return ".".join(labels).lower(), at + 5


def name_bytes(name):
    return b"".join(bytes([len(part)]) + part.encode() for part in name.split(".") if part) + b"\0"


def reply(packet, answer):
    _, end = question(packet)
    code, records = CODES.get(answer, 0), []
    if answer not in ("none", *CODES):
        for record in answer.split(","):
            priority, host = record.split(":")
            data = struct.pack(">H", int(priority)) + name_bytes(host)
            records.append(b"\xc0\x0c" + struct.pack(">HHIH", 15, 1, 300, len(data)) + data)
    return (packet[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(records), 0, 0)
            + packet[12:end] + b"".join(records))


def main():
    answers = dict(word.split("=", 1) for word in sys.argv[2:])
    log = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 0))
    print(server.getsockname()[1], flush=True)
    while True:
        packet, peer = server.recvfrom(4096)
        name, _ = question(packet)
        os.write(log, name.encode() + b"\n")
        answer, wait_ms = answers.get(name, "absent"), 0
        if answer == "silence":
            continue
        if answer.startswith("late:"):
            _, wait_ms, answer = answer.split(":", 2)
        threading.Timer(int(wait_ms) / 1000, server.sendto,
                        (reply(packet, answer), peer)).start()


if __name__ == "__main__":
    main()
