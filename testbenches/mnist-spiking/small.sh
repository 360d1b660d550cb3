#!/bin/sh
# Data of a small configuration: INPUTS=I HIDDEN=H small.sh DATA OUT.
#
# Of DATA's network, images and seeds it leaves I pixels from the middle of the image and the first H
# hidden neurons, with larger weights, so that fewer inputs make them spike. It is too little to tell
# digits apart; it is for watching the circuits.
set -eu

data=$1
out=$2
first=336 # the image's row 12

# scaled COUNT: the lowest COUNT weights of each word, four times as large.
scaled() {
  awk -v count="$1" '{
    word = ""
    for (k = 0; k < count; k++) {
      at = length($0) - 2 * k - 1
      value = 16 * hex(substr($0, at, 1)) + hex(substr($0, at + 1, 1))
      if (value > 127) value -= 256
      value *= 4
      if (value > 125) value = 125
      if (value < -125) value = -125
      word = sprintf("%02x", (value + 256) % 256) word
    }
    print word
  }
  function hex(digit) { return index("0123456789abcdef", digit) - 1 }'
}

mkdir -p "$out"
tail -n "+$((first + 1))" "$data/seeds.hex" | head -n "$INPUTS" >"$out/seeds.hex"
tail -n "+$((first + 1))" "$data/hidden.hex" | head -n "$INPUTS" | scaled "$HIDDEN" >"$out/hidden.hex"
head -n "$HIDDEN" "$data/output.hex" | scaled 10 >"$out/output.hex"
# The label, an underscore, a digit a pixel, the first in the lowest.
awk -v first=$first -v pixels="$INPUTS" \
  '{ print substr($0, 1, 2) substr($0, length($0) - first - pixels + 1, pixels) }' \
  "$data/images.hex" >"$out/images.hex"
