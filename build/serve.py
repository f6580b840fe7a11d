"""Serves a folder on this machine only, to try out the built site.

usage: serve.py FOLDER [--port P] [--check]
Without --port it uses 8000 or the next free port; port 0 uses any free port. It prints the address and
serves until Ctrl-C; with --check it only says whether the port can be used. Browsers must revalidate every
file, so that a reload shows the latest build; a page that is stored for offline use offers it as an update.
"""

import argparse
import functools
import http.server
import pathlib
import signal
import sys

FIRST_PORT = 8000
PORTS_TRIED = 100


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Set here because Python reads other types from system files, which may be missing or wrong.
    extensions_map = {
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".ico": "image/x-icon",
        ".js": "text/javascript; charset=utf-8",
        ".json": "application/json",
        ".mjs": "text/javascript; charset=utf-8",
        ".png": "image/png",
        ".svg": "image/svg+xml",
        ".txt": "text/plain; charset=utf-8",
        ".wasm": "application/wasm",
        ".webmanifest": "application/manifest+json",
        ".webp": "image/webp",
        "": "application/octet-stream",
    }

    def send_header(self, keyword, value):
        # Last-Modified has a resolution of one second: two builds within a second would look the same.
        if keyword != "Last-Modified":
            super().send_header(keyword, value)

    def end_headers(self):
        self.send_header("Cache-Control", "no-cache")
        # Pages of other hosts and iframes with an opaque origin may load the pad from here.
        self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def log_message(self, format, *arguments):
        """One line a file would bury the address; log_error still prints errors."""

    def log_error(self, format, *arguments):
        print(f"{self.path}: {format % arguments}", file=sys.stderr)


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """A browser that hangs up in the middle of a file is no fault worth a traceback."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


def open_server(port, handler):
    """The server on the port asked for, or on the first free one from FIRST_PORT."""
    ports = [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED)
    reason = None
    for candidate in ports:
        try:
            return Server(("127.0.0.1", candidate), handler)
        except OSError as error:
            reason = error
    wanted = f"port {port}" if port is not None else f"any port from {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1}"
    sys.exit(f"serve: {wanted} cannot be used ({reason.strerror}); choose another with --port")


def stop(*_):
    raise KeyboardInterrupt


def port_number(text):
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError
    return port


port_number.__name__ = "port"


def main():
    parser = argparse.ArgumentParser(prog="serve", description="Serves the built site on this machine only.")
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--port", type=port_number, help=f"default: {FIRST_PORT}, or the next free one")
    parser.add_argument("--check", action="store_true", help="only say whether the port can be used")
    arguments = parser.parse_args()
    if arguments.check:
        return open_server(arguments.port, Handler).server_close()
    if not (arguments.folder / "index.html").is_file():
        sys.exit(f"serve: there is no index.html in {arguments.folder}; run ./build.sh build first")
    server = open_server(arguments.port, functools.partial(Handler, directory=str(arguments.folder)))
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, stop)
    print(f"latent-pad is at http://127.0.0.1:{server.server_port}/ (Ctrl-C ends it)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        print()
    finally:
        server.server_close()


if __name__ == "__main__":
    main()
