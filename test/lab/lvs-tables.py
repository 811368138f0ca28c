"""Has the laboratory compare tables quickly: python3 lvs-tables.py LVSLAB.PY ARGUMENT..., in a guest whose files nobody keeps.

One network serves for all files, instead of a new one for each daemon; that is most of the time. The servers that the files name
are not there, and no others either. The director gets a default route on which everything is lost: without one every check would
fail at once, and the first table would be gone, at a random moment, before it was looked at. Names are not found, at once.
"""
import os, sys

path = sys.argv.pop(1)
if os.environ.get("UML") != "1":
    sys.exit("lvs-tables.py: only in a guest")
sys.path.insert(0, os.path.dirname(path))
import lvslab

lvslab.BACK.clear()
lvslab.START = 25  # on a busy machine a daemon may take that long
network = lvslab.Lab
kept = []
seen = {}


def director(line):
    lvslab.ns("d", line, check=False)


def lab(daemon):
    """The one network, for another daemon."""
    if not kept:
        os.makedirs("/etc/netns/lvl-d", exist_ok=True)
        with open("/etc/netns/lvl-d/resolv.conf", "w") as file:
            file.write("nameserver 127.0.0.1\n")
        kept.append(network(daemon))
        for line in ("link add lost type dummy", "link set lost up", "route add default dev lost", "-6 route add default dev lost"):
            director("ip " + line)
    kept[0].template = daemon
    return kept[0]


def table(self):
    """Asks only when the kernel shows something new: in a guest a process is dear."""
    try:
        with open(f"/proc/{self.daemon.pid}/net/ip_vs") as file:
            shown = file.read()
    except OSError:
        return look(self)
    if seen.get("shown") != shown:
        seen.update(shown=shown, table=look(self))
    return seen["table"]


def leave(self):
    """Instead of the end of the network: what a daemon and its scripts may have left is taken away."""
    if not look(self):
        print(f"no table with {self.template.split()[0]}: {self.state()}", file=sys.stderr)
    self.stop(20)
    seen.clear()
    for file in ("k.pid", "c.pid", "v.pid"):
        if os.path.exists(os.path.join(self.dir, file)):
            os.unlink(os.path.join(self.dir, file))
    director("ipvsadm -C")
    director("ip address flush dev lo scope global")


look, network.table = network.table, table
def lenient(file, mode="r", **more):
    """What people write is not always UTF-8."""
    return open(file, mode, **more) if "b" in mode else open(file, mode, **{"errors": "surrogateescape", **more})


lvslab.open = lenient
wait = network.until
network.until = lambda self, f, timeout, step=0.1: wait(self, f, timeout, step)
end, network.close = network.close, leave
lvslab.Lab = lab
try:
    status = lvslab.main()
finally:
    for each in kept:
        end(each)
sys.exit(status)
