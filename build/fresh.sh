#!/usr/bin/env bash
# Finds undeclared dependencies. Makes a bare Debian in a folder with only the packages that the README names, and
# clones the last commit into it. Runs the README's two commands, serve and test. FOLDER must not exist yet. usage:
# build/fresh.sh FOLDER as root, with mmdebstrap; 8 GB, and about 45 minutes on two cores.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT
# The first Debian with Node.js 20.19 and rustup.
readonly SUITE=trixie
# The packages that the README names; apt must be able to install the rest.
readonly NAMED=git,ca-certificates,rustup,nodejs,npm,python3

# shellcheck source=build/setup.sh
source "$ROOT/build/setup.sh"

[ $# -eq 1 ] || die "usage: build/fresh.sh FOLDER"
[ ! -e "$1" ] || die "$1 exists already; name a folder that does not"
[ "$(id -u)" = 0 ] || die "only root can set up a machine in a folder"
has mmdebstrap || die "mmdebstrap is missing: install Debian's package mmdebstrap"
mkdir -p "$1"
FRESH=$(cd "$1" && pwd)
readonly FRESH

# Nothing of this machine may stay mounted in the folder. An interrupted process may need a while to end.
cleanup() {
  local mounted tries
  for mounted in proc sys dev/shm dev; do
    for ((tries = 10; tries > 0; tries--)); do
      mountpoint -q "$FRESH/$mounted" || break
      umount "$FRESH/$mounted" 2>/dev/null || sleep 1
    done
    if mountpoint -q "$FRESH/$mounted"; then
      say "This machine's $FRESH/$mounted is still mounted: unmount it before you delete the folder"
    fi
  done
}
trap cleanup EXIT

say "Making a bare Debian $SUITE in $FRESH (about 3 min)"
mmdebstrap --quiet --variant=apt --include="$NAMED" "$SUITE" "$FRESH"
# This machine's name resolution and certificates, for network access.
cp /etc/resolv.conf "$FRESH/etc/resolv.conf"
cp /etc/ssl/certs/ca-certificates.crt "$FRESH/etc/ssl/certs/ca-certificates.crt"
mount -t proc proc "$FRESH/proc"
mount -t sysfs sys "$FRESH/sys"
mount --bind /dev "$FRESH/dev"
mount -t tmpfs shm "$FRESH/dev/shm"

say "Cloning the last commit into it"
git clone --quiet --no-hardlinks "$ROOT" "$FRESH/home/latent-pad"

# inside COMMAND...: runs a command there without this machine's environment variables.
inside() {
  local path=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  chroot "$FRESH" /usr/bin/env -i HOME=/root LANG=C.UTF-8 PATH=$path \
    bash -c 'cd /home/latent-pad && exec "$@"' inside "$@"
}

say "README, first command: builds and serves the site"
inside ./build.sh build
inside bash -c './build.sh serve --port 8123 >/tmp/served 2>&1 & serving=$!
  for second in $(seq 600); do
    if python3 -c "import urllib.request; urllib.request.urlopen(\"http://localhost:8123/\")" 2>/dev/null; then
      kill $serving; exit 0
    fi
    sleep 1
  done
  cat /tmp/served; exit 1'
say "README, second command: runs every test"
inside ./build.sh test
say "A bare machine builds, serves and tests latent-pad. You can delete $FRESH"
