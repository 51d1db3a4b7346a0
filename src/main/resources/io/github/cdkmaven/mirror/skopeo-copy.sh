#!/bin/sh
@HEADING@set -u
failed=0
while read -r source target; do
  case $source in
    '' | '#'*) continue ;;
    "${FROM:-}"*) ;;
    *) continue ;;
  esac
  case $source in
    *@*) form='--all --preserve-digests' ;;
    *) form='--format v2s2' ;; # OpenShift 3.x cannot read OCI manifests
  esac
  echo "$source -> $target"
  # shellcheck disable=SC2086 # the form is two options
  skopeo --override-os linux --override-arch @PROCESSOR@ copy $form --retry-times 2@OPTIONS@ "$@" \
    "docker://$source" "docker://$target" </dev/null || failed=$((failed + 1))
done <<'IMAGES'
@IMAGES@
IMAGES
if [ "$failed" -gt 0 ]; then
  echo "$failed images could not be copied" >&2
  exit 1
fi
