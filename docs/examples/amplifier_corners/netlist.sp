* Common-source stage: topology only. Supply and temperature come from the deck.
.model nch nmos (level=1 vto=0.35 kp=200u lambda=0.05)
m_1 out in 0 0 nch w=10u l=0.5u
r_1 vdd out 2k
c_1 out 0 200f
