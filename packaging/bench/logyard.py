"""Logyard: systail and the core as two daemons over Unix sockets, configured through a ZooKeeper of their own.

default     as shipped: json to each drain, journal of 1 GiB synced every 100 ms
tcp-bus     the same with the bus on loopback TCP
black-hole  the same with one more drain, to a target that accepts a connection and never reads
memory      the same without a journal on disk (journal.max_bytes=0): what that costs, not for use

The distribution is taken from ../target, or from LOGYARD_DIST. ZooKeeper is started once, beside what is measured: it
is idle while lines flow.
"""
import atexit
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import uuid
from pathlib import Path

VARIANTS = ["default", "tcp-bus", "black-hole", "memory"]
HERE = Path(__file__).resolve().parent
NODE = "127.0.0.1"


def supports(scenario, variant):
    return scenario.get("proto", "tcp") in ("tcp", "file")


def version(ctx):
    return distribution().name


def prepare(ctx):
    home = distribution()
    conf = ctx.write("logyard.properties", "\n".join(f"{k}={v}" for k, v in settings(ctx).items()) + "\n")
    fill_tree(home, conf, ctx)
    return [[home / "bin/logyard", "--conf", conf], [home / "bin/systail", "--conf", conf]]


def distribution():
    if "LOGYARD_DIST" in os.environ:
        return Path(os.environ["LOGYARD_DIST"])
    found = sorted(p for p in (HERE.parent / "target").glob("logyard-*") if (p / "bin").is_dir())
    if not found:
        raise SystemExit("no distribution in ../target: run mvn -DskipTests package first, or set LOGYARD_DIST")
    return found[-1]


def settings(ctx):
    run = Path(tempfile.mkdtemp(prefix="ly-"))      # a Unix socket's path must be short
    atexit.register(shutil.rmtree, run, ignore_errors=True)
    if ctx.variant == "tcp-bus":
        bus = [f"tcp://127.0.0.1:{free_port()}" for _ in range(4)]
    else:
        bus = [f"ipc://{run}/{name}.sock" for name in ("pub", "sub", "ack", "read")]
    journal = {"journal.max_bytes": "0"} if ctx.variant == "memory" else {}
    return journal | {
        "node.ip": NODE,
        "zk.connect": zookeeper(),
        "zk.chroot": f"/bench-{uuid.uuid4().hex[:12]}",
        "zk.acl": "open",
        "bus.publish": bus[0],
        "bus.subscribe": bus[1],
        "bus.acknowledge": bus[2],
        "bus.read": bus[3],
        "logs.dir": ctx.mkdir("own-logs"),
        "state.dir": ctx.mkdir("state"),
        "file.allowed_dirs": ctx.dir,
    }


def fill_tree(home, conf, ctx):
    """What an operator would do with kato, before the daemons run."""
    names = {f: Path(f).stem for f in ctx.files}
    kato(home, conf, "config", "import", "--defaults")      # else the core would add its log files to ours
    kato(home, conf, "config", "set", "--json", "systail", "log_files", json.dumps({n: f for f, n in names.items()}))
    for i, route in enumerate(ctx.routes):
        every = len(route.files) == len(ctx.files)
        prefixes = ["systail"] if every else [f"systail.{names[f]}." for f in route.files]
        uri = f"file://{route.path}" if route.proto == "file" else f"{route.proto}://{route.host}:{route.port}"
        kato(home, conf, "log", "drain", "add", "-f", "json", "-p", ",".join(prefixes), f"out{i}", uri)


    if ctx.variant == "black-hole":
        kato(home, conf, "log", "drain", "add", "-f", "json", "-p", "systail", "hole", f"tcp://{NODE}:{black_hole()}")


_black_hole = []


def black_hole():
    if not _black_hole:
        _black_hole.append(socket.create_server((NODE, 0)))     # the kernel accepts for it
    return _black_hole[0].getsockname()[1]


def kato(home, conf, *args):
    subprocess.run([home / "bin/kato", "--conf", conf, *args], check=True, stdout=subprocess.DEVNULL)


_zookeeper = []     # its port, once it runs


def zookeeper():
    if not _zookeeper:
        port = free_port()
        folder = tempfile.mkdtemp(prefix="bench-zk-")
        conf = Path(folder) / "zoo.cfg"
        conf.write_text(f"dataDir={folder}/data\nclientPort={port}\nclientPortAddress=127.0.0.1\n"
                        "admin.enableServer=false\nmaxClientCnxns=0\n")
        jars = ":".join(str(j) for j in sorted((distribution() / "lib").glob("*.jar")))
        process = subprocess.Popen(
            ["java", "-XX:+UseSerialGC", "-Xmx96m", "-cp", jars,
             "org.apache.zookeeper.server.ZooKeeperServerMain", conf],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        atexit.register(process.kill)
        wait_for(process, port)
        _zookeeper.append(port)
    return f"{NODE}:{_zookeeper[0]}"


def wait_for(process, port):
    for _ in range(100):
        if process.poll() is not None:
            raise SystemExit(f"ZooKeeper ended with status {process.returncode} before it listened at port {port}")
        try:
            socket.create_connection((NODE, port), 1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit(f"ZooKeeper did not listen at port {port} within 10 s")


def free_port():
    with socket.socket() as s:
        s.bind((NODE, 0))
        return s.getsockname()[1]
