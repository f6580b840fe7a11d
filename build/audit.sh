# shellcheck shell=bash
# Checks the dependencies for known vulnerabilities and for their licences. The vulnerability databases need the
# network: if one is unreachable, a line that begins with "# not run: " must say so.

audit() {
  local broken=0
  audit_crates || broken=1
  audit_packages build || broken=1
  audit_packages wasm-tests || broken=1
  return $broken
}

# deny.toml has the rules. `cargo install cargo-deny --locked` takes minutes, too long for every test run.
audit_crates() {
  if ! has cargo-deny; then
    echo "# not run: cargo deny is not installed (cargo install cargo-deny --locked);" \
      "licences of what ships were checked"
    return
  fi
  deny --allow license-not-encountered bans licenses sources || return 1
  if ! cargo deny fetch db >/dev/null 2>&1; then
    echo "# not run: the database of advisories for crates cannot be reached from here"
    return
  fi
  deny --disable-fetch advisories
}

# deny CHECK...: runs the checks in both workspaces; not every workspace has all licences of the list.
deny() {
  local manifest
  for manifest in Cargo.toml fuzz/Cargo.toml; do
    cargo deny --locked --manifest-path "$manifest" --config deny.toml check "$@" || return 1
  done
}

# audit_packages FOLDER: the npm packages of FOLDER/package-lock.json.
audit_packages() {
  local answer
  # npm fails both for findings and for an unreachable registry; its JSON output tells which.
  answer=$(npm audit --prefix "$1" --json 2>/dev/null </dev/null) || true
  node - "$1" "$answer" <<'JS'
const [, , folder, answer] = process.argv;
let report = {};
try {
  report = JSON.parse(answer);
} catch {
  report = { message: 'npm gave no answer' };
}
const found = report.metadata?.vulnerabilities;
const reason = report.message ?? report.error?.summary ?? 'no reason given';
if (!found) console.log(`# not run: npm audit of ${folder}/: ${reason}`);
else if (found.high + found.critical > 0) {
  const names = Object.keys(report.vulnerabilities).join(', ');
  console.error(`${folder}/: ${names}; npm audit --prefix ${folder} tells more`);
  process.exitCode = 1;
}
JS
}
