* netlist
