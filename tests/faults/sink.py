#!/usr/bin/python3
"""A quick SMTP server that writes down every mail it accepts, before it says so.

usage: sink.py LOG [--delay MS] [--kill-after N FILE] [--port N] [--stall RECIPIENT]
               [--later RECIPIENT WORDS] [--name NAME] [--mails N]
               [--keep FOLDER] [--gate FILE]

Prints its port and runs until it is killed. A line of LOG: CONNECTION RECIPIENT
MESSAGE-ID. It is written before the 250 goes out, so what the sender may know is there.
With --kill-after the Nth mail's 250 is followed at once by a kill -9 of the process
whose id stands in FILE: between the relay's 250 and the sender's commit.
--stall says nothing to that recipient's first mail, --later refuses it once with WORDS
("451 4.7.28 ..."); --name is how the sink calls itself in the log. --mails closes each
connection with a 421 when it carried N mails and has been idle for some random moment.
--keep writes each mail whole, without the dots, to FOLDER/RECIPIENT, and what we were
greeted with and the envelope to FOLDER/RECIPIENT.envelope. --gate takes as many mails as
FILE says, and lets the next ones wait for their 250 until it says more.
"""
import argparse
import asyncio
import os
import random
import re
import signal

ID = re.compile(rb"^Message-ID: <([^>]*)>", re.M | re.I)


class Sink:
    def __init__(self, options):
        self.options = options
        self.log = os.open(options.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.taken = self.connections = 0
        self.spared = set()     # recipients who had their trouble

    async def serve(self, reader, writer):
        self.connections += 1
        number, recipient, mails, said = self.connections, b"", 0, {}
        try:
            writer.write(b"220 sink ESMTP\r\n")
            while line := await self.next_line(reader, writer, mails):
                word = line[:4].upper()
                if word in (b"EHLO", b"MAIL", b"RCPT"):
                    said[word] = line
                if word == b"EHLO":
                    writer.write(b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n")
                elif word == b"RCPT":
                    recipient = line.split(b"<", 1)[1].split(b">", 1)[0]
                    if self.first(self.options.later and self.options.later[0],
                                  recipient):
                        writer.write(self.options.later[1].encode() + b"\r\n")
                        recipient = b""
                    else:
                        writer.write(b"250 2.1.5 ok\r\n")
                elif word == b"DATA" and not recipient:
                    writer.write(b"503 5.5.1 no recipient\r\n")
                elif word == b"DATA":
                    writer.write(b"354 go on\r\n")
                    await self.take(reader, writer, number, recipient, said)
                    mails += 1
                elif word == b"QUIT":
                    writer.write(b"221 bye\r\n")
                    break
                else:
                    writer.write(b"250 ok\r\n")
        except (OSError, asyncio.IncompleteReadError):
            pass            # the sender was killed
        finally:
            writer.close()

    async def next_line(self, reader, writer, mails):
        if not self.options.mails or mails < self.options.mails:
            return await reader.readline()
        try:
            return await asyncio.wait_for(reader.readline(), random.random() * 0.004)
        except asyncio.TimeoutError:
            writer.write(b"421 4.4.2 idle for too long\r\n")
            return b""

    def first(self, asked, recipient):
        if not asked or asked.encode() != recipient or recipient in self.spared:
            return False
        self.spared.add(recipient)
        return True

    def keep(self, body, recipient, said):
        path = os.path.join(self.options.keep, recipient.decode("latin-1"))
        with open(path, "wb") as out:
            out.write(re.sub(rb"(?m)^\.", b"", body[:-3]))
        with open(path + ".envelope", "wb") as out:
            out.write(b"".join(said[word] for word in (b"EHLO", b"MAIL", b"RCPT")))

    def allowed(self):
        with open(self.options.gate, encoding="ascii") as file:
            return int(file.read() or 0)

    async def take(self, reader, writer, number, recipient, said):
        body = await reader.readuntil(b"\r\n.\r\n")
        if self.options.keep:
            self.keep(body, recipient, said)
        if self.first(self.options.stall, recipient):
            await asyncio.sleep(3600)
        if self.options.delay:
            await asyncio.sleep(self.options.delay / 1000)
        while self.options.gate and self.taken >= self.allowed():
            await asyncio.sleep(0.01)
        message_id = ID.search(body).group(1)
        os.write(self.log, b"%s%d %s %s\n" % (
            self.options.name.encode(), number, recipient, message_id))
        self.taken += 1
        victim = 0
        if self.options.kill_after and self.taken == int(self.options.kill_after[0]):
            with open(self.options.kill_after[1], encoding="ascii") as file:
                victim = int(file.read())
            os.kill(victim, signal.SIGSTOP)  # so that it cannot settle meanwhile
        writer.write(b"250 2.0.0 taken as %d\r\n" % self.taken)
        if victim:
            await writer.drain()
            os.kill(victim, signal.SIGKILL)

    async def run(self):
        server = await asyncio.start_server(self.serve, "127.0.0.1", self.options.port,
                                            limit=1 << 20, backlog=200)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("log")
    parser.add_argument("--delay", type=int, default=0)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--kill-after", nargs=2)
    parser.add_argument("--stall")
    parser.add_argument("--later", nargs=2)
    parser.add_argument("--name", default="C")
    parser.add_argument("--mails", type=int, default=0)
    parser.add_argument("--keep")
    parser.add_argument("--gate")
    asyncio.run(Sink(parser.parse_args()).run())


if __name__ == "__main__":
    main()
