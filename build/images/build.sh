#!/usr/bin/env bash
# The images of the tests: real model servers, made from Debian's packages and this repository, without a container registry.
#
#   build/images/build.sh               all of them
#   build/images/build.sh llama-server  one
#
# An image whose inputs have not changed is left as it is (label perfassert.inputs). Needs root and a Docker engine on Debian:
# build/docker/engine.sh starts one. The last lines say what there is: name, size, versions.
set -euo pipefail
cd "$(dirname "$0")/../.."
here=build/images
label=perfassert.inputs
# In memory where there is room: dpkg waits for the disk after every package.
folder=${TMPDIR:-/tmp}
[ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)" -gt 2000000 ] 2>/dev/null && folder=/dev/shm
find "$folder" -maxdepth 1 -name "perfassert-images.*" -mmin +60 -exec rm -rf {} + # of killed runs
work=$(mktemp -d -p "$folder" perfassert-images.XXXXXX)
trap 'rm -rf "$work"' EXIT

say() { echo "images: $*"; }

install_debootstrap() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap; }

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  say "only root on Debian can make them"
  exit 1
fi

if ! command -v debootstrap >/dev/null && ! { install_debootstrap || { apt-get update -qq && install_debootstrap; }; } >"$work/install.log" 2>&1; then
  tail -n 20 "$work/install.log"
  say "debootstrap could not be installed"
  exit 1
fi

# The mirror this machine itself uses.
mirror() {
  cat /etc/apt/sources.list.d/debian.sources /etc/apt/sources.list 2>/dev/null |
    awk '$1 == "URIs:" { print $2; exit } $1 == "deb" { for (i = 2; i <= NF; i++) if ($i ~ /^https?:/) { print $i; exit } }'
}

# One hash over arguments and files; folders are taken whole, without what a build leaves in them.
hash() {
  for input in "$@"; do
    if [ -e "$input" ]; then
      find "$input" -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 | sort -z | xargs -0 sha256sum
    else
      echo "$input"
    fi
  done | sha256sum | cut -c1-16
}

is_current() { # image, hash
  [ "$(docker image inspect --format "{{index .Config.Labels \"$label\"}}" "$1" 2>/dev/null)" = "$2" ]
}

id() { docker image inspect --format '{{.Id}}' "$1"; }

# A minimal Debian, without the documents and translations nobody reads in it.
base() { # suite
  local image=perfassert/debian:$1 inputs root=$work/$1
  inputs=$(hash "$1" minbase-2)
  if is_current "$image" "$inputs"; then
    return
  fi

  local start=$SECONDS
  # An older debootstrap has no script for a newer suite: they all are the one of sid.
  local script=/usr/share/debootstrap/scripts/$1
  [ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
  if ! debootstrap --variant=minbase "$1" "$root" "$(mirror)" "$script" >"$work/$1.log" 2>&1; then
    tail -n 20 "$work/$1.log"
    say "debootstrap of $1 failed"
    return 1
  fi

  printf 'path-exclude=/usr/share/%s/*\n' doc man info locale >"$root/etc/dpkg/dpkg.cfg.d/small"
  # The index of a moving suite says when it expires; a mirror that lags is still good enough for tests.
  echo 'Acquire::Check-Valid-Until "false";' >"$root/etc/apt/apt.conf.d/lagging-mirror"
  echo force-unsafe-io >"$root/etc/dpkg/dpkg.cfg.d/no-sync"
  tar -C "$root" -c --exclude=./proc/* --exclude=./sys/* --exclude=./dev/* --exclude=./var/cache/apt/* --exclude=./var/lib/apt/lists/* \
    --exclude=./var/log/* --exclude=./usr/share/doc/* --exclude=./usr/share/man/* --exclude=./usr/share/info/* --exclude=./usr/share/locale/* . |
    docker import --change "LABEL $label=$inputs" - "$image" >/dev/null
  rm -rf "$root"
  say "$image made in $((SECONDS - start)) s"
}

image() { # name, context folder, inputs of it
  local image=perfassert/$1:test context=$2 inputs start=$SECONDS
  shift 2
  inputs=$(hash "$@")
  if is_current "$image" "$inputs"; then
    return
  fi

  build "$context" --label "$label=$inputs" --tag "$image"
  say "$image made in $((SECONDS - start)) s"
}

build() { # context folder, arguments
  local log
  log=$(mktemp -p "$work")
  if ! DOCKER_BUILDKIT=0 docker build "${@:2}" "$1" >"$log" 2>&1; then
    tail -n 40 "$log"
    say "docker build of $1 failed"
    return 1
  fi
}

llama_server() {
  base forky
  image llama-server $here/llama-server $here/llama-server "$(id perfassert/debian:forky)"
}

sources=(samples/SentimentServer src/PerfAssert.Clients/OpenInference/open_inference.proto Directory.Build.props Directory.Packages.props global.json)

sentiment_server() {
  base bookworm
  local context=$work/sentiment-server
  local inputs=($here/sentiment-server "${sources[@]}" "$(id perfassert/debian:bookworm)")
  if is_current perfassert/sentiment-server:test "$(hash "${inputs[@]}")"; then
    return
  fi

  # Beside a build of the solution: folders of its own, and a lock file of its own, because that one holds for no single platform.
  cp -r $here/sentiment-server "$context"
  if ! dotnet publish samples/SentimentServer -c Release -r linux-x64 --self-contained --artifacts-path "$work/artifacts" -o "$context/server" \
    -p:NuGetLockFilePath="$work/packages.lock.json" -p:RestoreLockedMode=false -p:DebugType=none -p:GenerateDocumentationFile=false -p:EnforceCodeStyleInBuild=false --disable-build-servers >"$work/publish.log" 2>&1; then
    tail -n 20 "$work/publish.log"
    say "the publish of SentimentServer failed"
    return 1
  fi

  image sentiment-server "$context" "${inputs[@]}"
}

# The slow half of the image, which needs nothing of the other one.
fastapi_packages() {
  base bookworm
  if ! docker image inspect perfassert/fastapi-sentiment:test >/dev/null 2>&1; then
    build $here/fastapi-sentiment --target packages
  fi
}

fastapi_sentiment() {
  local context=$work/fastapi-sentiment
  local inputs=($here/fastapi-sentiment samples/SentimentServer/Model/sentiment-head.json)
  cp -r "${inputs[@]}" "$work/"
  mv "$work/sentiment-head.json" "$context/"
  # Of where they come from: the copies' folder has another name each time.
  image fastapi-sentiment "$context" "${inputs[@]}" "$(id perfassert/sentiment-server:test)" "$(id perfassert/debian:bookworm)"
}

# Side by side: one chain waits for the network, another for the compiler.
start=$SECONDS
wanted=" ${*:-llama-server sentiment-server fastapi-sentiment} "
pids=()
case $wanted in *" llama-server "*)
  llama_server &
  pids+=($!)
  ;;
esac
case $wanted in *" sentiment-server "* | *" fastapi-sentiment "*)
  base bookworm
  sentiment_server &
  pids+=($!)
  ;;
esac
case $wanted in *" fastapi-sentiment "*)
  fastapi_packages &
  pids+=($!)
  ;;
esac
[ ${#pids[@]} -gt 0 ] || { say "unknown:$wanted; there are llama-server, sentiment-server, fastapi-sentiment"; exit 2; }
failed=0
for pid in "${pids[@]}"; do
  wait "$pid" || failed=1
done
[ $failed -eq 0 ] || exit 1
case $wanted in *" fastapi-sentiment "*) fastapi_sentiment ;; esac

for name in $wanted; do
  echo "  perfassert/$name:test  $(docker image inspect --format '{{.Size}}' "perfassert/$name:test" | awk '{ printf "%.0f MB", $1 / 1e6 }')  $(docker run --rm --entrypoint cat "perfassert/$name:test" /versions | paste -sd ' ')"
done
say "ready in $((SECONDS - start)) s"
