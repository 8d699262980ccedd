"""Start, stop or ask after a real Neo4j Community server on loopback, for tests and trials.

    python tools/neo4j/neo4jctl.py start|stop|status

The server is fetched from Maven Central (Neo4j is GPLv3: it runs as a process of its own and is never
bundled) and runs detached, its output in HOME/neo4j.log. Settings, all from the environment:
NEO4J_PORT (7687), NEO4J_PASSWORD (zhongshi-dev), NEO4J_HOME (build/neo4j-home), NEO4J_VERSION (5.26.30),
NEO4J_JAVA_HOME (else JAVA_HOME, PATH, /usr/lib/jvm: the first that is new enough).
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
BUILD = HERE.parent.parent / "build"
OPENED = ("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
START_SECONDS = 180
MISSING = 3
"""Exit code where Java or Maven is missing, so that a test run can skip and say why."""


class Trouble(Exception):
    """What went wrong, in words for a person; `code` is the exit code."""

    def __init__(self, message: str, code: int = 1) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True)
class Settings:
    """Where and how the server runs."""

    port: int
    password: str
    home: Path
    version: str

    @classmethod
    def read(cls) -> Settings:
        env = os.environ
        home = Path(env.get("NEO4J_HOME") or BUILD / "neo4j-home").absolute()
        return cls(
            int(env.get("NEO4J_PORT") or 7687),
            env.get("NEO4J_PASSWORD") or "zhongshi-dev",
            home,
            env.get("NEO4J_VERSION") or "5.26.30",
        )

    @property
    def pid_file(self) -> Path:
        return self.home / "neo4j.pid"

    @property
    def log(self) -> Path:
        return self.home / "neo4j.log"

    @property
    def url(self) -> str:
        return f"neo4j://neo4j@127.0.0.1:{self.port}"


def needed_java(version: str) -> int:
    """The lowest Java that a Neo4j version runs on."""
    return 17 if version.startswith("5.") else 21


def find_java(lowest: int) -> Path:
    """A `java` that is new enough; raises `Trouble` naming what was looked for."""
    for java in _javas():
        found = _java_version(java)
        if found is not None and found >= lowest:
            return java
    raise Trouble(f"no Java {lowest} or newer (set NEO4J_JAVA_HOME, or install a JDK)", MISSING)


def _javas() -> Iterator[Path]:
    for variable in ("NEO4J_JAVA_HOME", "JAVA_HOME"):
        if os.environ.get(variable):
            yield Path(os.environ[variable]) / "bin" / "java"
    on_path = shutil.which("java")
    if on_path:
        yield Path(on_path)
    yield from sorted(Path("/usr/lib/jvm").glob("*/bin/java"))


def _java_version(java: Path) -> int | None:
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    found = re.search(r'version "(\d+)', done.stderr)
    return int(found.group(1)) if found else None


def fetch(version: str) -> Path:
    """The folder with the server's jars; fetched once, whole or not at all."""
    target = BUILD / "neo4j-lib" / version
    if target.is_dir():
        return target
    maven = shutil.which("mvn")
    if not maven:
        raise Trouble("Maven (mvn) is missing: install it to fetch Neo4j from Maven Central", MISSING)
    target.parent.mkdir(parents=True, exist_ok=True)
    say(f"fetching Neo4j {version} from Maven Central (about 120 MB, once)")
    with tempfile.TemporaryDirectory(dir=target.parent) as draft:
        command = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), f"-Dneo4j.version={version}"]
        command += [
            "dependency:copy-dependencies",
            "-DincludeScope=runtime",
            f"-DoutputDirectory={draft}/lib",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Trouble(
                f"Maven could not fetch Neo4j {version}:\n{done.stdout[-2000:]}{done.stderr[-1000:]}"
            )
        if not target.exists():
            Path(draft, "lib").rename(target)
    return target


def start(settings: Settings) -> None:
    """Start the server unless it runs, and return when it answers with the password."""
    running = running_pid(settings)
    ours = running is None
    if running is None:
        java = find_java(needed_java(settings.version))
        jars = fetch(settings.version)
        if _listens(settings.port):
            raise Trouble(f"port {settings.port} is taken by another process: set NEO4J_PORT to a free one")
        _configure(settings)
        running = _launch(settings, java, jars)
    try:
        _wait(settings, running)
    except Trouble:
        if ours:
            stop(settings)
        raise
    say(f"Neo4j {settings.version} answers at {settings.url} (process {running}, log {settings.log})")


def _configure(settings: Settings) -> None:
    (settings.home / "conf").mkdir(parents=True, exist_ok=True)
    lines = [
        "server.bolt.enabled=true",
        f"server.bolt.listen_address=127.0.0.1:{settings.port}",
        f"server.bolt.advertised_address=127.0.0.1:{settings.port}",
        "dbms.security.auth_enabled=true",
        "dbms.security.allow_csv_import_from_file_urls=false",
        "dbms.usage_report.enabled=false",
        "server.memory.pagecache.size=256m",
    ]
    (settings.home / "conf" / "neo4j.conf").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _launch(settings: Settings, java: Path, jars: Path) -> int:
    options = ["-Xms512m", "-Xmx1g", "-XX:+UseSerialGC" if (os.cpu_count() or 1) < 2 else "-XX:+UseG1GC"]
    options += [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in OPENED]
    options += ["--enable-native-access=ALL-UNNAMED", "-Dio.netty.tryReflectionSetAccessible=true"]
    if (_java_version(java) or 0) >= 21:
        options += ["--add-modules=jdk.incubator.vector"]
    launcher = str(HERE / "Neo4jServer.java")
    command = [str(java), *options, "-cp", f"{jars}/*", launcher, str(settings.home)]
    with settings.log.open("ab") as log:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    settings.pid_file.write_text(str(process.pid), encoding="utf-8")
    return process.pid


def _wait(settings: Settings, pid: int) -> None:
    from neo4j.exceptions import DriverError, Neo4jError

    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if not _alive(pid):
            raise Trouble(f"Neo4j stopped while starting; the end of {settings.log}:\n{_tail(settings.log)}")
        try:
            if _listens(settings.port):
                return _greet(settings)
        except (DriverError, Neo4jError, OSError):
            pass
        time.sleep(0.2)
    raise Trouble(f"Neo4j did not answer within {START_SECONDS} s; see {settings.log}")


def _greet(settings: Settings) -> None:
    """Log in with the password, giving it to a new server first."""
    from neo4j.exceptions import AuthError

    try:
        return _run(settings, settings.password, "RETURN 1", "neo4j")
    except AuthError:
        pass
    try:
        _run(settings, "neo4j", "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $p", "system")
    except AuthError:
        raise Trouble(
            f"{settings.home} was made with another password: set NEO4J_PASSWORD to that one, "
            "or remove the folder to start anew"
        ) from None
    return _run(settings, settings.password, "RETURN 1", "neo4j")


def _run(settings: Settings, password: str, text: str, database: str) -> None:
    from neo4j import GraphDatabase

    address = f"bolt://127.0.0.1:{settings.port}"
    with (
        GraphDatabase.driver(
            address, auth=("neo4j", password), notifications_min_severity="OFF", connection_timeout=5
        ) as driver,
        driver.session(database=database) as session,
    ):
        session.run(text, p=settings.password).consume()


def stop(settings: Settings) -> None:
    """Stop the server that was started with this home, by its own process id."""
    pid = running_pid(settings)
    if pid is None:
        say(f"no Neo4j runs with home {settings.home}")
    else:
        os.kill(pid, signal.SIGTERM)
        if not _gone(pid, 40):
            os.kill(pid, signal.SIGKILL)
            _gone(pid, 10)
        say(f"stopped Neo4j (process {pid})")
    settings.pid_file.unlink(missing_ok=True)


def running_pid(settings: Settings) -> int | None:
    """The process that serves this home, if it is alive and really ours."""
    try:
        pid = int(settings.pid_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return pid if _alive(pid) and _is_ours(pid, settings.home) else None


def _is_ours(pid: int, home: Path) -> bool:
    done = subprocess.run(
        ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return "Neo4jServer.java" in done.stdout and str(home) in done.stdout


def _alive(pid: int) -> bool:
    try:
        finished, _ = os.waitpid(pid, os.WNOHANG)
        if finished:
            return False
    except ChildProcessError:
        pass
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _gone(pid: int, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not _alive(pid):
            return True
        time.sleep(0.1)
    return False


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _tail(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")[-1500:] if file.exists() else ""


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 (a command that talks to a person)


def use_own_python() -> None:
    """Go on in the project's own Python where this one lacks the Neo4j driver."""
    own = HERE.parent.parent / ".venv" / "bin" / "python"
    if importlib.util.find_spec("neo4j") is None:
        if not own.exists() or Path(sys.executable) == own:
            raise Trouble("the Neo4j driver is missing: run make install first")
        os.execv(own, [str(own), *sys.argv])


def main(arguments: list[str]) -> int:
    settings = Settings.read()
    try:
        if arguments == ["start"]:
            use_own_python()
            start(settings)
        elif arguments == ["stop"]:
            stop(settings)
        elif arguments == ["status"]:
            pid = running_pid(settings)
            say(f"running as process {pid} at {settings.url}" if pid else "not running")
            return 0 if pid else 1
        else:
            say("usage: neo4jctl.py start|stop|status")
            return 2
    except Trouble as trouble:
        print(f"error: {trouble}", file=sys.stderr)  # noqa: T201
        return trouble.code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
