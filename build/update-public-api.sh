#!/usr/bin/env bash
# Adds new public symbols to PublicAPI.Unshipped.txt of each package, to be reviewed in the diff.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in src/*/; do
  file="${project}PublicAPI.Unshipped.txt"
  [ -f "$file" ] || continue
  name=$(basename "$project")
  symbols=$(dotnet build "$project" -p:TreatWarningsAsErrors=false -p:CI=false --no-incremental -v q 2>/dev/null |
    grep -F "/$name.csproj]" |
    sed -nE "s/.*(warning|error) RS0016: Symbol '(.*)' is not part of the declared public API.*/\2/p" | LC_ALL=C sort -u || true)
  if [ -n "$symbols" ]; then
    { cat "$file"; printf '%s\n' "$symbols"; } | awk 'NR == 1 || !seen[$0]++' > "$file.new"
    { head -n 1 "$file.new"; tail -n +2 "$file.new" | LC_ALL=C sort -u; } > "$file"
    rm "$file.new"
    echo "$file: review the added symbols"
  fi
done
