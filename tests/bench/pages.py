#!/usr/bin/python3
"""Pages a second, beside nginx that serves a file of the same size, in turns.

usage: pages.py [--seconds 4] [--turns 5] [--lines 32]

Each page and its file are asked for by wrk from one thread over some connections; the
table has medians of the turns, the p99, the ratio of the two, and the most memory that
the web role held. At the end 10,000 idle visitors come, 2,000 of them with half a header,
and the join form is asked for again.
"""
import argparse
import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, ".."))

from e2e.pages import Site  # noqa: E402
from servers.ground import die_with_parent, end, free_ports, open_folder  # noqa: E402

NGINX = """
daemon off; worker_processes auto; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 4096; }}
http {{
	access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;
	client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2;
	fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
	server {{ listen 127.0.0.1:{port}; root {folder}/static;
		error_page 405 =200 $uri; }}
}}
"""
CLICK = """
wrk.method = "POST"
wrk.body = "List-Unsubscribe=One-Click"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
"""
UNITS = {"us": 1e-3, "ms": 1, "s": 1e3, "m": 6e4}


def wrk(options, url, script=None):
    """(requests a second, p99 in ms)"""
    command = ["wrk", "-t1", f"-c{options.lines}", f"-d{options.seconds}s", "--latency"]
    done = subprocess.run(command + (["-s", script] if script else []) + [url], check=True,
                          stdout=subprocess.PIPE, text=True).stdout
    assert "Non-2xx" not in done and "Socket errors" not in done, done
    p99 = re.search(r"99%\s+([\d.]+)(us|ms|s|m)", done)
    return (float(re.search(r"Requests/sec:\s+([\d.]+)", done)[1]),
            float(p99[1]) * UNITS[p99[2]])


def prepare(site):
    site.start().furnish()
    site.change("INSERT INTO bulletin (list_id, number, title, source, content_hash, state,"
                " created_by, created_at, changed_by, changed_at, started_at, finished_at,"
                " filled) WITH RECURSIVE n(i) AS (SELECT 3 UNION ALL SELECT i + 1 FROM n"
                " WHERE i < 200) SELECT list_id, i, 'Update of number ' || i, source,"
                " content_hash, 'sent', created_by, created_at, changed_by, changed_at,"
                " started_at + i, finished_at + i, 1 FROM bulletin, n WHERE number = 1")
    site.confirmed("cpip", "ada@example.test")
    link = site.wait_for_link("ada@example.test", "leave")
    site.post(link, {"List-Unsubscribe": "One-Click"})
    return link


def measure(options, site, nginx_port, pages):
    print(f"{'':22} {'bytes':>6} {'mercat/s':>9} {'p99 ms':>7} {'nginx/s':>9} {'p99 ms':>7}"
          f" {'mercat/nginx':>13}")
    for name, path, script in pages:
        answer = site.post(path, {"List-Unsubscribe": "One-Click"}) if script else site.get(path)
        assert answer.status == 200, (path, answer.status)
        with open(f"{site.folder}/static/{name.replace(' ', '-')}.html", "wb") as file:
            file.write(answer.body)
        ours, theirs = [], []
        for _ in range(options.turns):
            ours.append(wrk(options, f"{site.origin}{path}", script))
            theirs.append(wrk(
                options, f"http://127.0.0.1:{nginx_port}/{name.replace(' ', '-')}.html"))
        rate, p99, other, other_p99 = (
            statistics.median(row[i] for row in rows) for rows in (ours, theirs) for i in (0, 1))
        print(f"{name:22} {len(answer.body):6} {rate:9.0f} {p99:7.1f} {other:9.0f}"
              f" {other_p99:7.1f} {rate / other:13.2f}", flush=True)


def crowd(site, count, greeting):
    lines = []
    for _ in range(count):
        lines.append(socket.create_connection(("127.0.0.1", site.port), 20))
        if greeting:
            lines[-1].sendall(greeting)
    return lines


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--lines", type=int, default=32)
    options = parser.parse_args()
    missing = [name for name in ("wrk", "nginx") if not shutil.which(name)]
    if missing:
        sys.exit(f"pages.py: not here: {', '.join(missing)}; tools/dependencies --install bench")
    folder = open_folder()
    site, nginx = Site(folder), None
    try:
        link = prepare(site)
        port, = free_ports(1)
        os.mkdir(f"{folder}/static")
        config = site.write("bench-nginx.conf", NGINX.format(folder=folder, port=port))
        nginx = subprocess.Popen(["nginx", "-c", config], preexec_fn=die_with_parent)
        time.sleep(0.5)
        script = site.write("click.lua", CLICK)
        measure(options, site, port, (("join form", "/lists/cpip/join", None),
                                      ("archive page", "/lists/cpip", None),
                                      ("one update", "/lists/cpip/2", None),
                                      ("one-click POST", link, script)))
        print(f"most memory of the web role: {site.memory_of_web() / 1e6:.1f} MB")
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(12000, hard), hard))
        before = wrk(options, f"{site.origin}/lists/cpip/join")
        lines = crowd(site, 8000, b"") + crowd(
            site, 2000, b"GET / HTTP/1.1\r\nHost: x\r\nX-Slow: a")
        during = wrk(options, f"{site.origin}/lists/cpip/join")
        print(f"join form alone: {before[0]:.0f}/s, p99 {before[1]:.1f} ms; with {len(lines)}"
              f" idle and slow visitors: {during[0]:.0f}/s, p99 {during[1]:.1f} ms"
              f" ({during[1] / before[1]:.1f} times); memory {site.memory_of_web() / 1e6:.1f} MB")
        for line in lines:
            line.close()
    finally:
        end(nginx)
        site.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
