"""A schema registry in memory whose ids count from 1, for tests: foreign_registry.py NAME PASSWORD [CERTIFICATE KEY] prints `ready HOST:PORT`.

It has the calls of Confluent's interface that serializers use, and checks no compatibility.
"""
import base64
import json
import ssl
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from urllib.parse import unquote, urlsplit

schemas = []
subjects = {}
lock = Lock()


class Refusal(Exception):
    pass


def registered(subject, text):
    text = json.dumps(json.loads(text))
    if text not in schemas:
        schemas.append(text)
    versions = subjects.setdefault(subject, [])
    if text not in versions:
        versions.append(text)
    return {"id": schemas.index(text) + 1}


def version(subject, name):
    versions = subjects.get(subject)
    if not versions:
        raise Refusal(40401, f"Subject '{subject}' not found.")
    number = len(versions) if name in ("latest", "-1") else int(name)
    if not 1 <= number <= len(versions):
        raise Refusal(40402, f"Version {number} not found.")
    text = versions[number - 1]
    return {"subject": subject, "version": number, "id": schemas.index(text) + 1, "schema": text}


def answer(method, path, body):
    match method, path:
        case "GET", ["subjects"]:
            return sorted(subjects)
        case "GET", ["subjects", subject, "versions"]:
            return list(range(1, version(subject, "latest")["version"] + 1))
        case "GET", ["subjects", subject, "versions", name]:
            return version(subject, name)
        case "POST", ["subjects", subject, "versions"]:
            return registered(subject, body["schema"])
        case "POST", ["subjects", subject]:
            text = json.dumps(json.loads(body["schema"]))
            if text not in subjects.get(subject, []):
                raise Refusal(40403, "Schema not found")
            return version(subject, subjects[subject].index(text) + 1)
        case "GET", ["schemas", "ids", number] if number.isdigit() and 0 < int(number) <= len(schemas):
            return {"schema": schemas[int(number) - 1]}
        case "GET", ["schemas", "ids", _]:
            raise Refusal(40403, "Schema not found")
    raise Refusal(40401, "HTTP 404 Not Found")


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def respond(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        path = [unquote(part) for part in urlsplit(self.path).path.split("/") if part]
        status = 200
        if self.headers.get("Authorization") != expected:
            status, document = 401, {"error_code": 401, "message": "Unauthorized"}
        else:
            try:
                with lock:
                    document = answer(self.command, path, json.loads(body) if body else None)
            except Refusal as refusal:
                code, message = refusal.args
                status, document = code // 100, {"error_code": code, "message": message}
        text = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/vnd.schemaregistry.v1+json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    do_GET = do_POST = respond

    def log_message(self, *arguments):
        pass


expected = "Basic " + base64.b64encode(f"{sys.argv[1]}:{sys.argv[2]}".encode()).decode()
server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
if len(sys.argv) > 3:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[3], sys.argv[4])
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(f"ready 127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
