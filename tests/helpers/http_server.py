# A web server for the tests of downloads: http_server.py FOLDER. Prints its port; each request becomes a line of FOLDER/requests ("PATH
# RANGE"). /NAME is FOLDER/NAME, with byte ranges; /whole/NAME knows no ranges; /cut/NAME promises all of it and hangs up half way;
# /error/CODE answers that code. Ends when its standard input does.
import http.server, os, sys, threading

folder = sys.argv[1]


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        asked = self.headers.get("Range", "")
        with open(os.path.join(folder, "requests"), "a") as log:
            log.write(f"{self.path} {asked}\n")
        *how, name = self.path.strip("/").split("/")
        if how == ["error"]:
            return self.answer(int(name), b"<html>an error</html>")
        path = os.path.join(folder, os.path.basename(name))
        if not os.path.exists(path):
            return self.answer(404, b"<html>not found</html>")
        with open(path, "rb") as file:
            data = file.read()
        if how == ["cut"]:
            return self.answer(200, data, len(data) // 2)
        start = int(asked[len("bytes="):].split("-")[0]) if asked and how != ["whole"] else 0
        if start >= len(data) and asked and how != ["whole"]:
            return self.answer(416, b"")
        if start:
            return self.answer(206, data[start:], extra={"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"})
        self.answer(200, data)

    def answer(self, code, data, sent=None, extra={}):
        self.send_response(code)
        self.send_header("Content-Length", str(len(data)))
        for name, value in extra.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data if sent is None else data[:sent])
        self.close_connection = True

    def log_message(self, *words):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
