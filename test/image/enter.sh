#!/bin/sh
# What an engine does before the first program of a container runs, as process 1 of its namespaces:
#   enter.sh ROOT-FOLDER FOLDER HOST-NAME ro|rw TMPFS,TMPFS... COMMAND...
# FOLDER holds the file hosts, and keepalived/ where the container has something at /etc/keepalived. It says `ready` and
# waits for a line: what follows is the start of the container.
set -e
rootfs=$1 folder=$2 name=$3 mode=$4 memory=$5
shift 5
mount --make-rprivate /
mkdir -p "$folder/layer"
mount -t tmpfs tmpfs "$folder/layer"
cd "$folder/layer"
mkdir upper work root
mount -t overlay -o "lowerdir=$rootfs,upperdir=$PWD/upper,workdir=$PWD/work" overlay root
echo "$name" > /proc/sys/kernel/hostname
cd root
mkdir -p proc sys dev etc/keepalived
for each in $(echo "$memory" | tr , ' '); do
  mkdir -p ".$each"
  mount -t tmpfs -o nosuid,nodev tmpfs ".$each"
done

mount -t proc -o nosuid,nodev,noexec proc proc
mount --bind proc/sys proc/sys
mount -o remount,bind,ro proc/sys
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs sys
mount -t tmpfs -o nosuid,mode=755 tmpfs dev
for device in null zero full random urandom tty; do
  : > "dev/$device"
  mount --bind "/dev/$device" "dev/$device"
done
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr

echo "$name" > etc/hostname
: > etc/resolv.conf
: > etc/hosts
mount --bind "$folder/hosts" etc/hosts
if [ -d "$folder/keepalived" ]; then mount --bind "$folder/keepalived" etc/keepalived; fi
mount -o "remount,$mode" .

pivot_root . .
umount -l .
cd /
echo ready
read -r _
exec "$@" < /dev/null
