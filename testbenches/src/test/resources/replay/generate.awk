# Writes the stimuli of the replay tests: other seeds than any that a surrogate was trained with.
#
#   awk -v out=DIR -f generate.awk
#
# The same bytes with every awk: the random numbers are a Lehmer generator's in exact integers.

function uniform() {
  seed = (seed * 16807) % 2147483647
  return seed / 2147483647
}

function between(low, high) {
  return sprintf("%.3f", low + (high - low) * uniform())
}

function ternary() {
  return int(3 * uniform()) - 1
}

BEGIN {
  seed = 77003
  file = out "/lif_neuron.csv"
  print "instance,step,weight,v_sf,v_adap,v_lk,v_rtr" > file
  for (i = 0; i < 12; i++) {
    knobs = between(0.5, 0.8) "," between(0.5, 0.8) "," between(0.4, 0.8) "," between(0.5, 0.8)
    activity = 0.4 + 0.6 * uniform()
    for (s = 1; s < 90; s++)
      if (uniform() < activity) print i "," s "," between(-2, 2) "," knobs > file
  }

  seed = 77004
  file = out "/crossbar_row_g30.csv"
  line = "instance,step"
  for (k = 1; k <= 32; k++) line = line ",in" k
  for (k = 1; k <= 32; k++) line = line ",w" k
  print line ",bias" > file
  for (i = 3; i < 6; i++) {
    weights = ""
    for (k = 0; k <= 32; k++) weights = weights "," ternary()
    for (s = 0; s < 24; s++) {
      if (uniform() < 0.25) continue
      line = i "," s
      for (k = 0; k < 32; k++) line = line "," between(-0.8, 0.8)
      print line weights > file
    }
  }

  seed = 77005
  file = out "/rc_stage.csv"
  print "instance,step,dac,r_kohm" > file
  for (i = 0; i < 3; i++) {
    r_kohm = between(0.5, 2)
    for (s = 0; s < 40; s++)
      if (uniform() < 0.6) print i "," s "," between(0, 1) "," r_kohm > file
  }
}
