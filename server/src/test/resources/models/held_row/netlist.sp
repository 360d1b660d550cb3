* one resistor; never simulated
r1 in1 out 1k
