* Row (32 x 1) of a resistive crossbar with a two-stage operational amplifier: topology only.
* Parameters from the deck: w1..w32 and bias, each -1, 0 or 1. Sources from the deck: in1..in32, vdd, vp, vn.
.include ptm_45nm_lp.sp

* Conducting and resistive state of a memristor, and an open branch (1e15 ohm carries 1 fA at 1 V).
.param r_on=78k r_off=202k r_open=1e15

* Input k over its parasitic to x_k. Weight +1: on to the positive line, off to the negative line;
* -1: the other way round; 0: on twice to ground, which loads the input alone.
r_in1 in1 x_1 9.241569
r_p1 x_1 sp_1 {(w1 > 0) ? r_on : ((w1 < 0) ? r_off : r_open)}
r_n1 x_1 sn_1 {(w1 < 0) ? r_on : ((w1 > 0) ? r_off : r_open)}
r_a1 x_1 0 {(w1 != 0) ? r_open : r_on}
r_b1 x_1 0 {(w1 != 0) ? r_open : r_on}
r_in2 in2 x_2 9.241569
r_p2 x_2 sp_2 {(w2 > 0) ? r_on : ((w2 < 0) ? r_off : r_open)}
r_n2 x_2 sn_2 {(w2 < 0) ? r_on : ((w2 > 0) ? r_off : r_open)}
r_a2 x_2 0 {(w2 != 0) ? r_open : r_on}
r_b2 x_2 0 {(w2 != 0) ? r_open : r_on}
r_in3 in3 x_3 9.241569
r_p3 x_3 sp_3 {(w3 > 0) ? r_on : ((w3 < 0) ? r_off : r_open)}
r_n3 x_3 sn_3 {(w3 < 0) ? r_on : ((w3 > 0) ? r_off : r_open)}
r_a3 x_3 0 {(w3 != 0) ? r_open : r_on}
r_b3 x_3 0 {(w3 != 0) ? r_open : r_on}
r_in4 in4 x_4 9.241569
r_p4 x_4 sp_4 {(w4 > 0) ? r_on : ((w4 < 0) ? r_off : r_open)}
r_n4 x_4 sn_4 {(w4 < 0) ? r_on : ((w4 > 0) ? r_off : r_open)}
r_a4 x_4 0 {(w4 != 0) ? r_open : r_on}
r_b4 x_4 0 {(w4 != 0) ? r_open : r_on}
r_in5 in5 x_5 9.241569
r_p5 x_5 sp_5 {(w5 > 0) ? r_on : ((w5 < 0) ? r_off : r_open)}
r_n5 x_5 sn_5 {(w5 < 0) ? r_on : ((w5 > 0) ? r_off : r_open)}
r_a5 x_5 0 {(w5 != 0) ? r_open : r_on}
r_b5 x_5 0 {(w5 != 0) ? r_open : r_on}
r_in6 in6 x_6 9.241569
r_p6 x_6 sp_6 {(w6 > 0) ? r_on : ((w6 < 0) ? r_off : r_open)}
r_n6 x_6 sn_6 {(w6 < 0) ? r_on : ((w6 > 0) ? r_off : r_open)}
r_a6 x_6 0 {(w6 != 0) ? r_open : r_on}
r_b6 x_6 0 {(w6 != 0) ? r_open : r_on}
r_in7 in7 x_7 9.241569
r_p7 x_7 sp_7 {(w7 > 0) ? r_on : ((w7 < 0) ? r_off : r_open)}
r_n7 x_7 sn_7 {(w7 < 0) ? r_on : ((w7 > 0) ? r_off : r_open)}
r_a7 x_7 0 {(w7 != 0) ? r_open : r_on}
r_b7 x_7 0 {(w7 != 0) ? r_open : r_on}
r_in8 in8 x_8 9.241569
r_p8 x_8 sp_8 {(w8 > 0) ? r_on : ((w8 < 0) ? r_off : r_open)}
r_n8 x_8 sn_8 {(w8 < 0) ? r_on : ((w8 > 0) ? r_off : r_open)}
r_a8 x_8 0 {(w8 != 0) ? r_open : r_on}
r_b8 x_8 0 {(w8 != 0) ? r_open : r_on}
r_in9 in9 x_9 9.241569
r_p9 x_9 sp_9 {(w9 > 0) ? r_on : ((w9 < 0) ? r_off : r_open)}
r_n9 x_9 sn_9 {(w9 < 0) ? r_on : ((w9 > 0) ? r_off : r_open)}
r_a9 x_9 0 {(w9 != 0) ? r_open : r_on}
r_b9 x_9 0 {(w9 != 0) ? r_open : r_on}
r_in10 in10 x_10 9.241569
r_p10 x_10 sp_10 {(w10 > 0) ? r_on : ((w10 < 0) ? r_off : r_open)}
r_n10 x_10 sn_10 {(w10 < 0) ? r_on : ((w10 > 0) ? r_off : r_open)}
r_a10 x_10 0 {(w10 != 0) ? r_open : r_on}
r_b10 x_10 0 {(w10 != 0) ? r_open : r_on}
r_in11 in11 x_11 9.241569
r_p11 x_11 sp_11 {(w11 > 0) ? r_on : ((w11 < 0) ? r_off : r_open)}
r_n11 x_11 sn_11 {(w11 < 0) ? r_on : ((w11 > 0) ? r_off : r_open)}
r_a11 x_11 0 {(w11 != 0) ? r_open : r_on}
r_b11 x_11 0 {(w11 != 0) ? r_open : r_on}
r_in12 in12 x_12 9.241569
r_p12 x_12 sp_12 {(w12 > 0) ? r_on : ((w12 < 0) ? r_off : r_open)}
r_n12 x_12 sn_12 {(w12 < 0) ? r_on : ((w12 > 0) ? r_off : r_open)}
r_a12 x_12 0 {(w12 != 0) ? r_open : r_on}
r_b12 x_12 0 {(w12 != 0) ? r_open : r_on}
r_in13 in13 x_13 9.241569
r_p13 x_13 sp_13 {(w13 > 0) ? r_on : ((w13 < 0) ? r_off : r_open)}
r_n13 x_13 sn_13 {(w13 < 0) ? r_on : ((w13 > 0) ? r_off : r_open)}
r_a13 x_13 0 {(w13 != 0) ? r_open : r_on}
r_b13 x_13 0 {(w13 != 0) ? r_open : r_on}
r_in14 in14 x_14 9.241569
r_p14 x_14 sp_14 {(w14 > 0) ? r_on : ((w14 < 0) ? r_off : r_open)}
r_n14 x_14 sn_14 {(w14 < 0) ? r_on : ((w14 > 0) ? r_off : r_open)}
r_a14 x_14 0 {(w14 != 0) ? r_open : r_on}
r_b14 x_14 0 {(w14 != 0) ? r_open : r_on}
r_in15 in15 x_15 9.241569
r_p15 x_15 sp_15 {(w15 > 0) ? r_on : ((w15 < 0) ? r_off : r_open)}
r_n15 x_15 sn_15 {(w15 < 0) ? r_on : ((w15 > 0) ? r_off : r_open)}
r_a15 x_15 0 {(w15 != 0) ? r_open : r_on}
r_b15 x_15 0 {(w15 != 0) ? r_open : r_on}
r_in16 in16 x_16 9.241569
r_p16 x_16 sp_16 {(w16 > 0) ? r_on : ((w16 < 0) ? r_off : r_open)}
r_n16 x_16 sn_16 {(w16 < 0) ? r_on : ((w16 > 0) ? r_off : r_open)}
r_a16 x_16 0 {(w16 != 0) ? r_open : r_on}
r_b16 x_16 0 {(w16 != 0) ? r_open : r_on}
r_in17 in17 x_17 9.241569
r_p17 x_17 sp_17 {(w17 > 0) ? r_on : ((w17 < 0) ? r_off : r_open)}
r_n17 x_17 sn_17 {(w17 < 0) ? r_on : ((w17 > 0) ? r_off : r_open)}
r_a17 x_17 0 {(w17 != 0) ? r_open : r_on}
r_b17 x_17 0 {(w17 != 0) ? r_open : r_on}
r_in18 in18 x_18 9.241569
r_p18 x_18 sp_18 {(w18 > 0) ? r_on : ((w18 < 0) ? r_off : r_open)}
r_n18 x_18 sn_18 {(w18 < 0) ? r_on : ((w18 > 0) ? r_off : r_open)}
r_a18 x_18 0 {(w18 != 0) ? r_open : r_on}
r_b18 x_18 0 {(w18 != 0) ? r_open : r_on}
r_in19 in19 x_19 9.241569
r_p19 x_19 sp_19 {(w19 > 0) ? r_on : ((w19 < 0) ? r_off : r_open)}
r_n19 x_19 sn_19 {(w19 < 0) ? r_on : ((w19 > 0) ? r_off : r_open)}
r_a19 x_19 0 {(w19 != 0) ? r_open : r_on}
r_b19 x_19 0 {(w19 != 0) ? r_open : r_on}
r_in20 in20 x_20 9.241569
r_p20 x_20 sp_20 {(w20 > 0) ? r_on : ((w20 < 0) ? r_off : r_open)}
r_n20 x_20 sn_20 {(w20 < 0) ? r_on : ((w20 > 0) ? r_off : r_open)}
r_a20 x_20 0 {(w20 != 0) ? r_open : r_on}
r_b20 x_20 0 {(w20 != 0) ? r_open : r_on}
r_in21 in21 x_21 9.241569
r_p21 x_21 sp_21 {(w21 > 0) ? r_on : ((w21 < 0) ? r_off : r_open)}
r_n21 x_21 sn_21 {(w21 < 0) ? r_on : ((w21 > 0) ? r_off : r_open)}
r_a21 x_21 0 {(w21 != 0) ? r_open : r_on}
r_b21 x_21 0 {(w21 != 0) ? r_open : r_on}
r_in22 in22 x_22 9.241569
r_p22 x_22 sp_22 {(w22 > 0) ? r_on : ((w22 < 0) ? r_off : r_open)}
r_n22 x_22 sn_22 {(w22 < 0) ? r_on : ((w22 > 0) ? r_off : r_open)}
r_a22 x_22 0 {(w22 != 0) ? r_open : r_on}
r_b22 x_22 0 {(w22 != 0) ? r_open : r_on}
r_in23 in23 x_23 9.241569
r_p23 x_23 sp_23 {(w23 > 0) ? r_on : ((w23 < 0) ? r_off : r_open)}
r_n23 x_23 sn_23 {(w23 < 0) ? r_on : ((w23 > 0) ? r_off : r_open)}
r_a23 x_23 0 {(w23 != 0) ? r_open : r_on}
r_b23 x_23 0 {(w23 != 0) ? r_open : r_on}
r_in24 in24 x_24 9.241569
r_p24 x_24 sp_24 {(w24 > 0) ? r_on : ((w24 < 0) ? r_off : r_open)}
r_n24 x_24 sn_24 {(w24 < 0) ? r_on : ((w24 > 0) ? r_off : r_open)}
r_a24 x_24 0 {(w24 != 0) ? r_open : r_on}
r_b24 x_24 0 {(w24 != 0) ? r_open : r_on}
r_in25 in25 x_25 9.241569
r_p25 x_25 sp_25 {(w25 > 0) ? r_on : ((w25 < 0) ? r_off : r_open)}
r_n25 x_25 sn_25 {(w25 < 0) ? r_on : ((w25 > 0) ? r_off : r_open)}
r_a25 x_25 0 {(w25 != 0) ? r_open : r_on}
r_b25 x_25 0 {(w25 != 0) ? r_open : r_on}
r_in26 in26 x_26 9.241569
r_p26 x_26 sp_26 {(w26 > 0) ? r_on : ((w26 < 0) ? r_off : r_open)}
r_n26 x_26 sn_26 {(w26 < 0) ? r_on : ((w26 > 0) ? r_off : r_open)}
r_a26 x_26 0 {(w26 != 0) ? r_open : r_on}
r_b26 x_26 0 {(w26 != 0) ? r_open : r_on}
r_in27 in27 x_27 9.241569
r_p27 x_27 sp_27 {(w27 > 0) ? r_on : ((w27 < 0) ? r_off : r_open)}
r_n27 x_27 sn_27 {(w27 < 0) ? r_on : ((w27 > 0) ? r_off : r_open)}
r_a27 x_27 0 {(w27 != 0) ? r_open : r_on}
r_b27 x_27 0 {(w27 != 0) ? r_open : r_on}
r_in28 in28 x_28 9.241569
r_p28 x_28 sp_28 {(w28 > 0) ? r_on : ((w28 < 0) ? r_off : r_open)}
r_n28 x_28 sn_28 {(w28 < 0) ? r_on : ((w28 > 0) ? r_off : r_open)}
r_a28 x_28 0 {(w28 != 0) ? r_open : r_on}
r_b28 x_28 0 {(w28 != 0) ? r_open : r_on}
r_in29 in29 x_29 9.241569
r_p29 x_29 sp_29 {(w29 > 0) ? r_on : ((w29 < 0) ? r_off : r_open)}
r_n29 x_29 sn_29 {(w29 < 0) ? r_on : ((w29 > 0) ? r_off : r_open)}
r_a29 x_29 0 {(w29 != 0) ? r_open : r_on}
r_b29 x_29 0 {(w29 != 0) ? r_open : r_on}
r_in30 in30 x_30 9.241569
r_p30 x_30 sp_30 {(w30 > 0) ? r_on : ((w30 < 0) ? r_off : r_open)}
r_n30 x_30 sn_30 {(w30 < 0) ? r_on : ((w30 > 0) ? r_off : r_open)}
r_a30 x_30 0 {(w30 != 0) ? r_open : r_on}
r_b30 x_30 0 {(w30 != 0) ? r_open : r_on}
r_in31 in31 x_31 9.241569
r_p31 x_31 sp_31 {(w31 > 0) ? r_on : ((w31 < 0) ? r_off : r_open)}
r_n31 x_31 sn_31 {(w31 < 0) ? r_on : ((w31 > 0) ? r_off : r_open)}
r_a31 x_31 0 {(w31 != 0) ? r_open : r_on}
r_b31 x_31 0 {(w31 != 0) ? r_open : r_on}
r_in32 in32 x_32 9.241569
r_p32 x_32 sp_32 {(w32 > 0) ? r_on : ((w32 < 0) ? r_off : r_open)}
r_n32 x_32 sn_32 {(w32 < 0) ? r_on : ((w32 > 0) ? r_off : r_open)}
r_a32 x_32 0 {(w32 != 0) ? r_open : r_on}
r_b32 x_32 0 {(w32 != 0) ? r_open : r_on}

* The bias, from vdd over its parasitic, is a weight at the lines' last node; 0: on to both lines, which cancels.
r_in_bias vdd x_bias 9.241569
r_p_bias x_bias sp_32 {(bias < 0) ? r_off : r_on}
r_n_bias x_bias sn_32 {(bias > 0) ? r_off : r_on}

* The lines: neighbouring nodes, and the last node and the line's end, are one segment apart.
r_line_p1 sp_1 sp_2 11.551961
r_line_p2 sp_2 sp_3 11.551961
r_line_p3 sp_3 sp_4 11.551961
r_line_p4 sp_4 sp_5 11.551961
r_line_p5 sp_5 sp_6 11.551961
r_line_p6 sp_6 sp_7 11.551961
r_line_p7 sp_7 sp_8 11.551961
r_line_p8 sp_8 sp_9 11.551961
r_line_p9 sp_9 sp_10 11.551961
r_line_p10 sp_10 sp_11 11.551961
r_line_p11 sp_11 sp_12 11.551961
r_line_p12 sp_12 sp_13 11.551961
r_line_p13 sp_13 sp_14 11.551961
r_line_p14 sp_14 sp_15 11.551961
r_line_p15 sp_15 sp_16 11.551961
r_line_p16 sp_16 sp_17 11.551961
r_line_p17 sp_17 sp_18 11.551961
r_line_p18 sp_18 sp_19 11.551961
r_line_p19 sp_19 sp_20 11.551961
r_line_p20 sp_20 sp_21 11.551961
r_line_p21 sp_21 sp_22 11.551961
r_line_p22 sp_22 sp_23 11.551961
r_line_p23 sp_23 sp_24 11.551961
r_line_p24 sp_24 sp_25 11.551961
r_line_p25 sp_25 sp_26 11.551961
r_line_p26 sp_26 sp_27 11.551961
r_line_p27 sp_27 sp_28 11.551961
r_line_p28 sp_28 sp_29 11.551961
r_line_p29 sp_29 sp_30 11.551961
r_line_p30 sp_30 sp_31 11.551961
r_line_p31 sp_31 sp_32 11.551961
r_line_p32 sp_32 sp_end 11.551961
r_line_n1 sn_1 sn_2 11.551961
r_line_n2 sn_2 sn_3 11.551961
r_line_n3 sn_3 sn_4 11.551961
r_line_n4 sn_4 sn_5 11.551961
r_line_n5 sn_5 sn_6 11.551961
r_line_n6 sn_6 sn_7 11.551961
r_line_n7 sn_7 sn_8 11.551961
r_line_n8 sn_8 sn_9 11.551961
r_line_n9 sn_9 sn_10 11.551961
r_line_n10 sn_10 sn_11 11.551961
r_line_n11 sn_11 sn_12 11.551961
r_line_n12 sn_12 sn_13 11.551961
r_line_n13 sn_13 sn_14 11.551961
r_line_n14 sn_14 sn_15 11.551961
r_line_n15 sn_15 sn_16 11.551961
r_line_n16 sn_16 sn_17 11.551961
r_line_n17 sn_17 sn_18 11.551961
r_line_n18 sn_18 sn_19 11.551961
r_line_n19 sn_19 sn_20 11.551961
r_line_n20 sn_20 sn_21 11.551961
r_line_n21 sn_21 sn_22 11.551961
r_line_n22 sn_22 sn_23 11.551961
r_line_n23 sn_23 sn_24 11.551961
r_line_n24 sn_24 sn_25 11.551961
r_line_n25 sn_25 sn_26 11.551961
r_line_n26 sn_26 sn_27 11.551961
r_line_n27 sn_27 sn_28 11.551961
r_line_n28 sn_28 sn_29 11.551961
r_line_n29 sn_29 sn_30 11.551961
r_line_n30 sn_30 sn_31 11.551961
r_line_n31 sn_31 sn_32 11.551961
r_line_n32 sn_32 sn_end 11.551961

* Differential read-out of gain 30.
r_1 sn_end n1 1k
r_2 sp_end n2 1k
r_f oi n1 30k
r_g n2 0 30k
r_out oi out 50
c_3 out 0 2f
c_load out 0 500f

* The amplifier, on supplies of its own. Bias: 20 uA into a mirror, 100 uA for the first stage's
* tail, 400 uA for the output.
i_ref vp nb 20u
m_b nb nb vn vn nmos_lp w=2u l=100n
m_5 ts nb vn vn nmos_lp w=10u l=100n
m_7 oi nb vn vn nmos_lp w=40u l=100n

* First stage: n1 inverts, n2 does not.
m_1 d1 n1 ts vn nmos_lp w=20u l=100n
m_2 d2 n2 ts vn nmos_lp w=20u l=100n
m_3 d1 d1 vp vp pmos_lp w=10u l=100n
m_4 d2 d1 vp vp pmos_lp w=10u l=100n

* Second stage, with Miller compensation over a nulling resistor.
m_6 oi d2 vp vp pmos_lp w=80u l=100n
c_c d2 zc 80f
r_z zc oi 200
