# What the Makefiles of mnist-crossbar and mnist-spiking share: both simulations, with wrappers or
# with behavioural models in place of the macros.

TEXT_PARAMS = $(if $(VARIANT),WEIGHTS=$(DATA)/$(VARIANT)) DATA=$(DATA)
IVERILOG = iverilog -g2012 -Wall -s tb $(if $(VARIANT),-Ptb.OPAMP=$(if $(filter opamp,$(VARIANT)),1,0)) \
  $(foreach p,$(TEXT_PARAMS),-Ptb.$(subst =,='",$(p))"')
VERILATOR = verilator --binary --timing --trace -j $(JOBS) --top-module tb -CFLAGS -O0 -MAKEFLAGS OPT_GLOBAL=-O0 \
  $(if $(VARIANT),-GOPAMP=$(if $(filter opamp,$(VARIANT)),1,0)) \
  $(foreach p,$(TEXT_PARAMS),-G$(subst =,='",$(p))"')

.PHONY: all icarus verilator run-icarus run-verilator rnm-icarus rnm-verilator lint unit-test clean
.DELETE_ON_ERROR:

all: icarus verilator

icarus: $(OUT)/icarus/tb.vvp
verilator: $(OUT)/verilator/Vtb
rnm-icarus: $(OUT)/rnm/icarus/tb.vvp
rnm-verilator: $(OUT)/rnm/verilator/Vtb

$(WRAPPERS)/%_bank.sv:
	$(UNDERSTUDY) wrap ../../models/$* --no-instance-trace --out $(@D)

$(OUT)/icarus/tb.vvp: $(RTL) $(TB) $(BANKS)
	@mkdir -p $(@D)
	$(IVERILOG) -I$(SHIM_SV) -o $@ $^

# The library's path is absolute, because the simulation is linked in its own folder.
$(OUT)/verilator/Vtb: $(RTL) $(TB) $(BANKS) $(SHIM)/libunderstudy_dpi.a
	@mkdir -p $(@D)
	$(VERILATOR) -I$(SHIM_SV) --Mdir $(@D) $(RTL) $(TB) $(BANKS) $(abspath $(SHIM))/libunderstudy_dpi.a \
	  >$(@D).log 2>&1 || { tail -n 40 $(@D).log >&2; exit 1; }

run-icarus: icarus
	vvp -n -M $(SHIM) -m understudy $(OUT)/icarus/tb.vvp $(ARGS)

run-verilator: verilator
	$(OUT)/verilator/Vtb $(ARGS)

$(OUT)/rnm/icarus/tb.vvp: $(RTL) $(TB) $(RNM)
	@mkdir -p $(@D)
	$(IVERILOG) -o $@ $^

$(OUT)/rnm/verilator/Vtb: $(RTL) $(TB) $(RNM)
	@mkdir -p $(@D)
	$(VERILATOR) --Mdir $(@D) $^ >$(@D).log 2>&1 || { tail -n 40 $(@D).log >&2; exit 1; }

clean:
	rm -rf $(OUT)
