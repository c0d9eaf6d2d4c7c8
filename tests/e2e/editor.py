"""The editor of a bulletin without a browser: its form as it stands, and as it is sent."""
import html
import re

PNG = (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89"
       b"\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d"
       b"\0\0\0\0IEND\xaeB`\x82")


def post_parts(desk, name, path, fields, picture=None):
    """The editor's form as a browser sends it, with a file or none."""
    line = "mark-of-a-part"
    parts = [("csrf", desk.token(name)), *fields.items()]
    body = b"".join(
        (f'--{line}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n'
         f"{value}\r\n").encode() for key, value in parts)
    if picture is not None:
        body += (f'--{line}\r\nContent-Disposition: form-data; name="picture"; '
                 f'filename="room.png"\r\nContent-Type: image/png\r\n\r\n').encode()
        body += picture + b"\r\n"
    return desk.request("POST", path, body + f"--{line}--\r\n".encode(), {
        "Content-Type": f"multipart/form-data; boundary={line}", "Cookie": desk.cookie(name)})


def editor_fields(desk, name, number, **written):
    """What the editor's form sends when somebody has opened it and typed over some fields."""
    page = desk.see(name, f"/staff/lists/news/bulletins/{number}/edit")
    assert page.status == 200, page.text
    form = page.text.split('id="editor"')[1].split("</form>")[0]
    fields = {key: html.unescape(value) for key, value in re.findall(
        r'<input type="(?:hidden|text)"[^>]* name="(?!csrf)(\w+)" value="([^"]*)"', form)}
    fields["text"] = html.unescape(re.search(
        r"<textarea[^>]*>\n(.*)</textarea>", form, re.S)[1])
    ticked = re.findall(r'name="topic" value="([^"]*)" checked', form)
    return fields | ({"topic": ticked[0]} if ticked else {}) | written
