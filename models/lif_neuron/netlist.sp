* Adaptive leaky integrate-and-fire neuron (Indiveri type, 45 nm LP): topology only.
* Sources from the deck: vdd, v_sf, v_adap, v_rtr, v_lk, and the input current into spike_in.
.include ptm_45nm_lp.sp

* Membrane and output load.
c_mem spike_in 0 500f
c_load v_spk 0 500f

* Source follower; v_sf sets the threshold.
m1 vdd spike_in v_in 0 nmos_lp w=0.3u l=45n
m2 v_in v_sf 0 0 nmos_lp w=0.3u l=45n

* Input inverter, its current limited by a diode.
m3 n_a n_a vdd vdd pmos_lp w=0.6u l=45n
m4 v_o1 v_in n_a vdd pmos_lp w=0.6u l=45n
m5 v_o1 v_in 0 0 nmos_lp w=0.3u l=45n

* Positive feedback.
m6 n_b v_o1 vdd vdd pmos_lp w=0.6u l=45n
m7 spike_in n_a n_b vdd pmos_lp w=0.6u l=45n

* Slew-limited inverter and reset: the refractory time, set by v_rtr.
m8 n_c n_c vdd vdd pmos_lp w=0.6u l=45n
m9 v_o2 v_o1 n_c vdd pmos_lp w=0.6u l=45n
m10 v_o2 v_o1 n_d 0 nmos_lp w=0.3u l=45n
m11 n_d v_rtr 0 0 nmos_lp w=0.6u l=45n
m12 spike_in v_o2 0 0 nmos_lp w=2.5u l=45n

* Output inverter.
m13 v_spk v_o1 vdd vdd pmos_lp w=0.6u l=45n
m14 v_spk v_o1 0 0 nmos_lp w=0.3u l=45n

* Adaptation, set by v_adap.
m15 n_e v_o1 vdd vdd pmos_lp w=0.6u l=45n
m16 n_f v_adap n_e vdd pmos_lp w=0.6u l=45n
m17 n_f n_f 0 0 nmos_lp w=0.3u l=45n
m18 n_f v_spk v_ca 0 nmos_lp w=0.3u l=45n
m19 spike_in v_ca 0 0 nmos_lp w=0.3u l=45n

* Leak, set by v_lk.
m20 spike_in v_lk 0 0 nmos_lp w=1.0u l=45n
