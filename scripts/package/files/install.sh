#!/bin/sh
# Installs Holdfast on a Linux without dpkg: sh install.sh [--prefix DIR] [--no-service], or sh install.sh --uninstall.
# The prefix is /usr/local; the service is that of systemd where it runs, else an init script.
set -eu

prefix=/usr/local
action=install
service=yes
while [ $# -gt 0 ]; do
  case $1 in
  --prefix)
    prefix=${2:?--prefix needs a folder}
    shift
    ;;
  --prefix=*) prefix=${1#--prefix=} ;;
  --no-service) service=no ;;
  --uninstall) action=uninstall ;;
  *)
    echo "usage: sh install.sh [--prefix DIR] [--no-service] | --uninstall [--prefix DIR]" >&2
    exit 2
    ;;
  esac
  shift
done
case $prefix in
/*) ;;
*)
  echo "install.sh: --prefix must be an absolute path, not $prefix" >&2
  exit 2
  ;;
esac
if [ "$(id -u)" -ne 0 ]; then
  echo "install.sh: only root can install a service: run it by sudo" >&2
  exit 1
fi

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
library=$prefix/lib/holdfast
commands='sbin/holdfastd sbin/keepalived bin/holdfast bin/genhash'
# Manual pages and completions, each a link into the library; and what keepalived's users call the pages.
share='../../../lib/holdfast/share'
aliases='man/man5/keepalived.conf.5.gz=holdfast.conf.5.gz man/man8/keepalived.8.gz=holdfastd.8.gz'
unit=/etc/systemd/system/holdfast.service
init=/etc/init.d/holdfast

systemd_runs() { [ -d /run/systemd/system ]; }

# Who is called keepalived and is none of ours would be started beside us.
refuse_keepalived() {
  other=$(command -v keepalived || true)
  if [ -n "$other" ] && [ "$(readlink -f "$other")" != "$library/bin/holdfastd" ]; then
    echo "install.sh: keepalived is installed ($other). Remove it first, its configuration stays:" >&2
    echo "  Debian, Ubuntu: apt-get remove keepalived      Red Hat, Fedora: dnf remove keepalived" >&2
    exit 1
  fi
}

copy_files() {
  mkdir -p "$prefix/lib" "$prefix/sbin" "$prefix/bin"
  # Beside the old one, then in its place: a daemon that runs keeps what it has open.
  rm -rf "$library.new"
  cp -R "$here/lib" "$library.new"
  for file in "$library.new"/bin/* "$library.new"/service-* "$library.new"/holdfast.service "$library.new"/holdfast.init; do
    sed "s|@LIB@|$library|g; s|@SBIN@|$prefix/sbin|g" "$file" > "$file.done"
    cat "$file.done" > "$file"
    rm -f "$file.done"
  done
  cp "$here/install.sh" "$library.new/install.sh"
  rm -rf "$library.old"
  unlink_documents
  if [ -d "$library" ]; then mv "$library" "$library.old"; fi
  mv "$library.new" "$library"
  rm -rf "$library.old"
  ln -sf ../lib/holdfast/bin/holdfastd "$prefix/sbin/holdfastd"
  ln -sf ../lib/holdfast/bin/holdfastd "$prefix/sbin/keepalived"
  ln -sf ../lib/holdfast/bin/holdfast "$prefix/bin/holdfast"
  ln -sf ../lib/holdfast/bin/genhash "$prefix/bin/genhash"
  link_documents
}

# link TARGET FILE: but what somebody else has put there stays
link() {
  if [ -e "$2" ] && [ "$(readlink "$2")" != "$1" ]; then return; fi
  mkdir -p "$(dirname "$2")"
  ln -sf "$1" "$2"
}

link_documents() {
  for file in $(cd "$library/share" && find . -type f); do
    link "$share/${file#./}" "$prefix/share/${file#./}"
  done
  for alias in $aliases; do link "${alias#*=}" "$prefix/share/${alias%%=*}"; done
}

# Only links of ours.
unlink_documents() {
  [ -d "$library/share" ] || return 0
  for alias in $aliases; do
    if [ "$(readlink "$prefix/share/${alias%%=*}")" = "${alias#*=}" ]; then rm -f "$prefix/share/${alias%%=*}"; fi
  done
  for file in $(cd "$library/share" && find . -type f); do
    if [ "$(readlink "$prefix/share/${file#./}")" = "$share/${file#./}" ]; then rm -f "$prefix/share/${file#./}"; fi
  done
}

install_service() {
  mkdir -p /etc/keepalived
  getent group holdfast > /dev/null 2>&1 || groupadd --system holdfast || true
  if systemd_runs; then
    cp "$library/holdfast.service" "$unit"
    systemctl daemon-reload
    systemctl enable --quiet holdfast.service
    systemctl restart holdfast.service
  elif [ -d /etc/init.d ]; then
    cp "$library/holdfast.init" "$init"
    chmod 755 "$init"
    link holdfast /etc/init.d/keepalived
    if command -v update-rc.d > /dev/null; then update-rc.d holdfast defaults
    elif command -v chkconfig > /dev/null; then chkconfig --add holdfast; fi
    if [ -s /etc/keepalived/keepalived.conf ]; then "$init" restart; fi
  else
    echo "install.sh: neither systemd nor /etc/init.d is here: start $prefix/sbin/holdfastd yourself"
  fi
}

uninstall() {
  if systemd_runs && [ -e "$unit" ]; then
    systemctl disable --quiet --now holdfast.service || true
    rm -f "$unit"
    systemctl daemon-reload
  elif [ -e "$init" ]; then
    "$init" stop || true
    if command -v update-rc.d > /dev/null; then rm -f "$init" && update-rc.d holdfast remove
    elif command -v chkconfig > /dev/null; then chkconfig --del holdfast; fi
  fi
  rm -f "$unit" "$init"
  if [ "$(readlink /etc/init.d/keepalived)" = holdfast ]; then rm -f /etc/init.d/keepalived; fi
  for command in $commands; do
    # Only links of ours.
    case $(readlink "$prefix/$command" || true) in
    ../lib/holdfast/bin/*) rm -f "$prefix/$command" ;;
    esac
  done
  unlink_documents
  rm -rf "$library" /run/holdfast
  echo "Holdfast is removed; /etc/keepalived is as it was."
}

if [ "$action" = uninstall ]; then
  uninstall
  exit 0
fi
refuse_keepalived
copy_files
if [ "$service" = yes ]; then install_service; fi
echo "Holdfast $("$prefix/sbin/holdfastd" --version 2>&1 | sed -n '1s/^Holdfast v\([^,]*\).*/\1/p') is installed in $library."
if [ ! -s /etc/keepalived/keepalived.conf ]; then
  echo "It starts once there is an /etc/keepalived/keepalived.conf; test it with: holdfast check"
fi
