#!/usr/bin/env bash
# An archive to hand out: the optimised binary, its papers and a checksum.
set -euo pipefail
. "$(dirname "$0")/lib.sh"
"$root/scripts/build.sh"
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$root/Cargo.toml" | head -1)
name=alfa-$version-$(uname -s | tr '[:upper:]' '[:lower:]')-$(uname -m)
dist=$target/dist
rm -rf "${dist:?}/$name"
mkdir -p "$dist/$name/docs"
install -m 755 "$target/release/alfa" "$dist/$name/alfa"
cp "$root"/{README.md,README.ru.md,CHANGELOG.md,LICENSE,contacts.csv} "$dist/$name/"
cp "$root"/docs/compliance*.md "$dist/$name/docs/"
[ ! -f "$root/.env.example" ] || cp "$root/.env.example" "$dist/$name/"
tar -C "$dist" --sort=name --owner=0 --group=0 -czf "$dist/$name.tar.gz" "$name"
(cd "$dist" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
say "$dist/$name.tar.gz"
