# shellcheck shell=bash
# Known faults and licences of what others wrote. The databases of faults are asked over the network: where one
# cannot be reached, that is said in a line that begins with "# not run: ", never passed over.

audit() {
  local broken=0
  audit_crates || broken=1
  audit_packages build || broken=1
  audit_packages wasm-tests || broken=1
  return $broken
}

# The rules stand in deny.toml. (`cargo install cargo-deny --locked` takes minutes: not for every test.)
audit_crates() {
  if ! has cargo-deny; then
    echo "# not run: cargo deny is not installed (cargo install cargo-deny --locked); licences of what ships were checked"
    return
  fi
  deny --allow license-not-encountered bans licenses sources || return 1
  if ! cargo deny fetch db >/dev/null 2>&1; then
    echo "# not run: the database of advisories for crates cannot be reached from here"
    return
  fi
  deny --disable-fetch advisories
}

# deny WHAT...: asks it of both workspaces, which need not have all licences of the list.
deny() {
  local manifest
  for manifest in Cargo.toml fuzz/Cargo.toml; do
    cargo deny --locked --manifest-path "$manifest" --config deny.toml check "$@" || return 1
  done
}

# audit_packages FOLDER: the npm packages of FOLDER/package-lock.json.
audit_packages() {
  local answer
  # npm fails where it finds something, and where it could not look: its answer tells which.
  answer=$(npm audit --prefix "$1" --json 2>/dev/null </dev/null) || true
  node - "$1" "$answer" <<'JS'
const [, , folder, answer] = process.argv;
let told = {};
try {
  told = JSON.parse(answer);
} catch {
  told = { message: 'npm gave no answer' };
}
const found = told.metadata?.vulnerabilities;
if (!found) console.log(`# not run: npm audit of ${folder}/: ${told.message ?? told.error?.summary ?? 'no reason given'}`);
else if (found.high + found.critical > 0) {
  console.error(`${folder}/: ${Object.keys(told.vulnerabilities).join(', ')}; npm audit --prefix ${folder} tells more`);
  process.exitCode = 1;
}
JS
}
