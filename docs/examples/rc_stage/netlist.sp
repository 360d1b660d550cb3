* RC stage: topology only. The resistance comes from the deck, in kohm.
r_1 in out {r_kohm * 1k}
c_1 out 0 1p
