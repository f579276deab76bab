#!/bin/sh
# Makes .venv match requirements.txt; does nothing, in a moment, when it already does.
# A requirements file named as argument is installed on top.
set -eu
cd "$(dirname "$0")/.."

fail() {
    echo "$1" >&2
    exit 1
}

works() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

find_python() {
    problem="Python 3.11 or newer was not found: install it, or name it as in: make lab PYTHON=/path/to/python3"
    for python in ${PYTHON:-python3.13 python3.12 python3.11 python3}; do
        # pyenv has names that only print an error, so run each one
        works "$python" || continue
        "$python" -c 'import ensurepip, venv' 2>/dev/null && return
        problem="$python lacks its venv module: install it (on Debian and Ubuntu: apt install python3-venv)"
    done
    fail "$problem"
}

install() {
    .venv/bin/python tools/install.py "$@"
}

update() {
    [ -w . ] && mkdir -p .venv 2>/dev/null && [ -w .venv ] ||
        fail "This folder cannot be written: copy the course into a folder of your own and run make there"
    rm -f .venv/ready
    # scripts in .venv hold its path, so a moved one is made again
    if ! works .venv/bin/python || ! grep -qsF "$(pwd)/.venv" .venv/bin/activate; then
        find_python
        echo "Creating the environment in .venv with $python, once"
        "$python" -m venv --clear .venv >&2 || fail "The environment could not be created: run make clean and try again"
    fi
    echo "Installing the packages of requirements.txt"
    install -r requirements.txt
    install --no-deps -e .
    # relative, since Python before 3.12.4 reads it in the locale's encoding, which may lack a letter
    for path in .venv/lib/python3*/site-packages/*tpmlib.pth; do echo ../../../.. >"$path"; done

    # JupyterLab asks for news on its own otherwise; once installed, the course needs no network.
    # Answers do not live in a notebook, so looking at a lesson does not change it.
    settings=.venv/share/jupyter/lab/settings
    mkdir -p "$settings"
    cat >"$settings/overrides.json" <<'END'
{
  "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": false},
  "@jupyterlab/docmanager-extension:plugin": {"autosave": false},
  "@jupyterlab/notebook-extension:tracker": {"scrollPastEnd": false}
}
END
    # a new version of the course and one's own merge by cells (see .gitattributes)
    if [ -e .git ]; then
        git config merge.notebook.name "notebooks, cell by cell"
        git config merge.notebook.driver ".venv/bin/python tools/merge_notebooks.py %O %A %B"
    fi || true
    echo "$state" >.venv/ready
}

state="$(pwd) $(find deploy/jupyter -type f -exec cksum {} + | sort | cat requirements.txt pyproject.toml tools/environment.sh tools/install.py - | cksum)"
if [ "$(cat .venv/ready 2>/dev/null)" != "$state" ] || ! works .venv/bin/python; then update; fi
if [ $# -gt 0 ]; then install -r "$1"; fi
