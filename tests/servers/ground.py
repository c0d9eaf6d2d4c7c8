"""The ground that test servers stand on: folders, loopback ports, certificates."""
import ctypes
import os
import random
import signal
import socket
import subprocess
import tempfile
import time

PORTS = 2500        # the range of one worker
GIVEN = set()       # ports that this process gave away before


def open_folder():
    """A fresh folder that servers may pass through under their own users."""
    folder = tempfile.mkdtemp(prefix="mercat-test-")
    os.chmod(folder, 0o711)
    return folder


def free_ports(count):
    """Different ports that nobody listens on.

    They lie under those that the kernel hands to outgoing connections (32768 up), and
    each worker of a parallel run draws from a range of its own, and none twice: between
    this look and the server's bind nobody takes them away."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw7")[2:]
    first = 10000 + int(worker) % 8 * PORTS
    held = []
    try:
        for port in random.sample(sorted(set(range(first, first + PORTS)) - GIVEN),
                                  PORTS - len(GIVEN)):
            sock = socket.socket()
            try:
                sock.bind(("127.0.0.1", port))
            except OSError:
                sock.close()
                continue
            held.append(sock)
            GIVEN.add(port)
            if len(held) == count:
                break
        return [sock.getsockname()[1] for sock in held]
    finally:
        for sock in held:
            sock.close()


def wait_for_greeting(port, process, log, seconds=300):
    """Returns when the port greets; says what the server's log says when it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with socket.create_connection(("127.0.0.1", port), 30) as sock:
                sock.settimeout(30)
                if sock.recv(1):
                    return
        except OSError:
            pass
        time.sleep(0.02)
    said = ""
    if os.path.exists(log):
        with open(log, encoding="utf-8", errors="replace") as file:
            said = file.read()[-3000:]
    raise RuntimeError(f"no server answers on port {port}; its log:\n{said}")


def die_with_parent():
    """For preexec_fn: a test run that is killed takes its servers with it."""
    pr_set_pdeathsig = 1
    ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGTERM)


def end(process, seconds=120):
    """Ends one process we started, and no other."""
    if process is None or process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


# Made in no time, unlike a key of RSA.
NEW_KEY = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")


def make_certificate(folder, host="localhost"):
    """A self-signed certificate for host and 127.0.0.1; returns (cert, key)."""
    cert, key = os.path.join(folder, "cert.pem"), os.path.join(folder, "key.pem")
    subprocess.run(
        ["openssl", "req", "-x509", *NEW_KEY, "-days", "2", "-keyout", key, "-out", cert,
         "-subj", f"/CN={host}", "-addext", f"subjectAltName=DNS:{host},IP:127.0.0.1"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return cert, key


def make_certificate_of_a_ca(folder, host="localhost"):
    """A CA and a certificate of it for host; returns (ca, cert, key).

    ca.key, server.csr and names.cnf stay in the folder, so that another CA can sign
    the same request."""
    def path(name):
        return os.path.join(folder, name)

    def openssl(*args):
        subprocess.run(["openssl", *args], check=True, capture_output=True)

    with open(path("names.cnf"), "w", encoding="utf-8") as out:
        out.write(f"subjectAltName=DNS:{host},IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
    openssl("req", "-x509", *NEW_KEY, "-days", "2", "-subj", "/CN=mercat test CA",
            "-addext", "basicConstraints=critical,CA:TRUE", "-keyout", path("ca.key"),
            "-out", path("ca.pem"))
    openssl("req", *NEW_KEY, "-subj", f"/CN={host}",
            "-keyout", path("server.key"), "-out", path("server.csr"))
    openssl("x509", "-req", "-in", path("server.csr"), "-CA", path("ca.pem"),
            "-CAkey", path("ca.key"), "-CAcreateserial", "-days", "2",
            "-extfile", path("names.cnf"), "-out", path("server.pem"))
    return path("ca.pem"), path("server.pem"), path("server.key")
