"""The example of nginx in front, run as it stands but for names, ports and the certificate."""
import http.client
import os
import shutil
import ssl
import subprocess
import urllib.parse

import pytest

from e2e.house import SOURCE, wait_for
from e2e.pages import Answer, Site
from servers.ground import die_with_parent, end, free_ports

FRAME = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
access_log {folder}/access.log;
client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
{example}
}}
"""


def certificate(folder):
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost",
                    "-keyout", f"{folder}/privkey.pem", "-out", f"{folder}/fullchain.pem"],
                   check=True, stderr=subprocess.DEVNULL)


class Proxy:
    def __init__(self, site):
        self.folder, self.port = site.folder, free_ports(1)[0]
        with open(f"{SOURCE}/conf/nginx.conf", encoding="utf-8") as file:
            example = file.read()
        for old, new in (("127.0.0.1:8080", f"127.0.0.1:{site.port}"),
                         ("listen 443 ", f"listen 127.0.0.1:{self.port} "),
                         ("listen 80;", f"listen 127.0.0.1:{free_ports(1)[0]};"),
                         ("listen [::]:80;", ""), ("listen [::]:443 ssl http2;", ""),
                         ("/etc/letsencrypt/live/updates.example.org", self.folder),
                         ("/var/log/nginx", self.folder)):
            assert old in example
            example = example.replace(old, new)
        self.conf = site.write("nginx.conf", FRAME.format(folder=self.folder, example=example))
        certificate(self.folder)
        self.program = shutil.which("nginx") or "/usr/sbin/nginx"
        self.process = None

    def start(self):
        subprocess.run([self.program, "-t", "-c", self.conf], check=True,
                       stderr=subprocess.DEVNULL)
        self.process = subprocess.Popen([self.program, "-c", self.conf],
                                        preexec_fn=die_with_parent)
        wait_for("nginx", self.is_up)
        return self

    def is_up(self):
        try:
            return self.request("GET", "/health").status == 200
        except OSError:
            return False

    def request(self, method, path, fields=None, headers=None):
        trust = ssl.create_default_context(cafile=f"{self.folder}/fullchain.pem")
        trust.check_hostname = False
        line = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=trust)
        try:
            body = urllib.parse.urlencode(fields) if fields else None
            kind = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
            line.request(method, path, body, {**kind, **(headers or {})})
            return Answer(line.getresponse())
        finally:
            line.close()


@pytest.fixture(name="site", scope="module")
def a_site():
    with Site.opened() as site:
        site.add_list("cpip", topics="neglect,hearings")
        yield site


@pytest.fixture(name="proxy", scope="module")
def a_proxy(site):
    proxy = Proxy(site).start()
    yield proxy
    end(proxy.process, 10)


def test_joining_and_leaving_go_through_the_proxy(site, proxy):
    answer = proxy.request("POST", "/lists/cpip/join", {"address": "ada@example.test"})
    assert answer.status == 200
    assert "max-age" in answer.headers["strict-transport-security"]
    confirm = site.wait_for_link("ada@example.test", "confirm")
    assert proxy.request("POST", confirm, {"x": "y"}).status == 200
    leave = site.wait_for_link("ada@example.test", "leave")
    answer = proxy.request("POST", leave, {"List-Unsubscribe": "One-Click"})
    assert answer.status == 200 and answer.headers["content-type"].startswith("text/plain")
    assert site.state_of("cpip", "ada@example.test") == "unsubscribed"
    for log in ("access.log", "error.log", "mercat-error.log"):
        if os.path.exists(f"{site.folder}/{log}"):
            with open(f"{site.folder}/{log}", encoding="utf-8") as file:
                said = file.read()
            assert confirm not in said and leave not in said
    with open(f"{site.folder}/access.log", encoding="utf-8") as file:
        assert "/lists/cpip/join" in file.read()


def test_visitors_cannot_say_where_they_come_from(site, proxy):
    """Else the limit by place would be none."""
    statuses = [proxy.request("POST", "/manage", {"address": f"n{n}@example.test"},
                              {"X-Forwarded-For": f"10.0.0.{n}"}).status for n in range(70)]
    assert 429 in statuses and statuses[0] == 303
    assert proxy.request("GET", "/lists/cpip").status == 200
    assert site.get("/health").status == 200


def test_body_that_is_too_large_stops_at_the_proxy(proxy):
    assert proxy.request("POST", "/manage", {"address": "a" * 100000}).status == 413
