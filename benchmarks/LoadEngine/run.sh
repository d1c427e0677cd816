#!/usr/bin/env bash
# Builds and runs the comparison: one script, one run. Options: bash benchmarks/LoadEngine/run.sh --help
set -euo pipefail
cd "$(dirname "$0")"
dotnet build --configuration Release --nologo --verbosity quiet -consoleLoggerParameters:ErrorsOnly LoadEngine.csproj >&2

# The driver sleeps while it measures; it stays off the generators' core all the same. On the server's core nothing of it is compiled again
# under way: that took half of the core for 0.3 s of the first turn, whichever tool's it was.
exec taskset -c 1 env DOTNET_TieredCompilation=0 dotnet bin/Release/net10.0/LoadEngine.dll "$@"
