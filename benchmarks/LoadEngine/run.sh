#!/usr/bin/env bash
# Builds and runs the comparison: one script, one run. Options: bash benchmarks/LoadEngine/run.sh --help
set -euo pipefail
cd "$(dirname "$0")"
dotnet build --configuration Release --nologo --verbosity quiet -consoleLoggerParameters:ErrorsOnly LoadEngine.csproj >&2

# The driver sleeps while it measures; it stays off the generators' core all the same.
exec taskset -c 1 dotnet bin/Release/net10.0/LoadEngine.dll "$@"
