#!/bin/sh
# Data of a small configuration: HIDDEN_1=A HIDDEN_2=B small.sh DATA OUT.
#
# Of DATA's networks it leaves the first A and B rows of the hidden layers. What is left is too
# little to tell digits apart; it is for watching the circuits.
set -eu

data=$1
out=$2

mkdir -p "$out"
cp "$data/sigmoid.hex" "$data/images.hex" "$out"
for variant in ideal opamp; do
  mkdir -p "$out/$variant"
  for file in "$data/$variant"/l1t*.csv; do
    head -n $((HIDDEN_1 + 1)) "$file" >"$out/$variant/$(basename "$file")"
  done
  for file in "$data/$variant"/l2t*.csv; do
    head -n $((HIDDEN_2 + 1)) "$file" >"$out/$variant/$(basename "$file")"
  done
  cp "$data/$variant"/l3t*.csv "$out/$variant"
done
