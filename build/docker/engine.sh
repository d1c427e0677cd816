#!/usr/bin/env bash
# A Docker engine for the tests, on a Debian machine without one. As root:
#
#   eval "$(build/docker/engine.sh start)"   installs what is missing, starts dockerd, sets the variables the tests need
#   build/docker/engine.sh stop              stops the engine that `start` started, never another one, once nobody else uses it
#   build/docker/engine.sh clean             the same, and deletes its images
#
# An engine that already answers is used as it is and left running. What is written lies under PERFASSERT_DOCKER
# (default: perfassert-docker in the temporary folder), images included, so the next start finds them again.
set -euo pipefail

home=${PERFASSERT_DOCKER:-${TMPDIR:-/tmp}/perfassert-docker}
pidfile=$home/dockerd.pid
log=$home/dockerd.log
users=$home/users # a file for each shell that said `start`, named by its process id

say() { echo "docker engine: $*" >&2; }

answers() { docker info >/dev/null 2>&1; }

refuses() { [[ $(docker info 2>&1 || true) == *"permission denied"* ]]; }

# A pid alone proves nothing after a reboot or a long time: it has to be a dockerd with this data folder.
is_ours() {
  [ -s "$pidfile" ] && tr '\0' ' ' 2>/dev/null <"/proc/$(cat "$pidfile")/cmdline" | grep -qF -- "--data-root $home/data"
}

# The shell that called this, sudo left out.
caller() {
  local pid=$PPID
  while [ "$(cat "/proc/$pid/comm")" = sudo ]; do
    pid=$(awk '/^PPid:/ { print $2 }' "/proc/$pid/status")
  done
  echo "$pid"
}

# Other shells that said `start`, not yet `stop`, and are still there.
others() {
  local user pid
  for user in "$users"/*; do
    pid=${user##*/}
    # A zombie has ended as well.
    if ! grep -qs '^State:[[:space:]]*[^Z[:space:]]' "/proc/$pid/status"; then
      rm -f "$user"
    elif [ "$pid" != "$(caller)" ]; then
      echo "$pid"
    fi
  done
}

install_engine() {
  command -v dockerd >/dev/null && return
  if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
    say "dockerd is missing: install docker.io, or run this as root on Debian"
    return 1
  fi

  # apt would start the service with a data folder of its own.
  local policy=
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    policy=/usr/sbin/policy-rc.d
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
  fi

  local result=0
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends docker.io; } \
    >"$home/install.log" 2>&1 || result=$?
  [ -z "$policy" ] || rm -f "$policy"
  if [ $result -ne 0 ]; then
    tail -n 20 "$home/install.log" >&2
    say "docker.io could not be installed"
    return 1
  fi
}

start() {
  mkdir -p "$users"
  if refuses; then
    say "one is running, but not for this user: be root, or in the group that its socket belongs to"
    return 1
  elif answers && ! is_ours; then
    say "using the one that is running"
  else
    install_engine
    if ! is_ours; then
      if [ "$(id -u)" -ne 0 ]; then
        say "none is running, and only root can start one"
        return 1
      fi

      rm -f "$pidfile" # of a killed run
      # setsid: an interrupt at the terminal ends the tests first, and the engine by `stop`.
      setsid dockerd --data-root "$home/data" --exec-root "$home/exec" --pidfile "$pidfile" >"$log" 2>&1 </dev/null &
    fi

    for _ in $(seq 240); do
      answers && break
      sleep 0.5
    done
    if ! answers; then
      tail -n 20 "$log" >&2
      say "it did not start, its last lines stand above; all of them in $log"
      return 1
    fi

    # A killed run leaves its containers behind.
    local left=
    [ -n "$(others)" ] || left=$(docker ps -aq --filter label=org.testcontainers)
    [ -z "$left" ] || docker rm -f $left >&2 || true # it may be going already
    touch "$users/$(caller)"
    say "$(docker version --format '{{.Server.Version}}'), data in $home"
  fi

  # Testcontainers asks for a newer API than an older engine has, and its reaper's image cannot be had without a registry.
  echo "export DOCKER_API_VERSION=$(docker version --format '{{.Server.APIVersion}}')"
  echo "export TESTCONTAINERS_RYUK_DISABLED=true"
}

stop() {
  is_ours || return 0
  rm -f "$users/$(caller)"
  local pid busy
  busy=$(others | paste -sd ' ')
  if [ -n "$busy" ]; then
    say "left running for process $busy"
    return 0
  fi

  pid=$(cat "$pidfile")
  local containers
  containers=$(docker ps -q 2>/dev/null || true)
  [ -z "$containers" ] || docker rm -f $containers >/dev/null 2>&1 || true
  kill "$pid"
  for _ in $(seq 60); do
    [ -e "/proc/$pid" ] || break
    sleep 0.5
  done
  if [ -e "/proc/$pid" ]; then
    say "process $pid does not stop; see $log"
    return 1
  fi
}

case ${1:-} in
  start) start ;;
  stop) stop ;;
  clean) stop && ! is_ours && rm -rf "$home" ;;
  *)
    sed -n '2,9p' "$0" >&2
    exit 2
    ;;
esac
