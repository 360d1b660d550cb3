# What the Makefiles of mnist-crossbar and mnist-spiking share.
#
#   make icarus verilator           builds both simulations, with the wrappers in place of the macros
#   make run-icarus run-verilator   runs them against the server at UNDERSTUDY_SERVER
#   make rnm-icarus rnm-verilator   builds them with behavioural models: no server, no wrapper
#   make unit-test                  the RTL's modules by themselves, in both simulators
#   make lint                       verilator -Wall and iverilog -Wall
#
# With SIZE=small the system is cut down so far that ngspice can answer its macros in lock step.
#
# The Makefiles say TOP, the system's module; CIRCUITS, whose macros it has; VARIANT, where there is
# more than one; RNM_MODEL, a module that the behavioural models share; SMALL, the parameters of the
# small configuration.

# full or small
SIZE = full

# Folder with the macros' wrappers; understudy.svh is in SHIM_SV, the built shim in SHIM.
WRAPPERS = $(OUT)/wrappers
SHIM = ../../hdl-shims/build
SHIM_SV = ../../hdl-shims/sv
OUT = build
# Folder with the data that the simulations read when they run.
DATA = $(if $(filter small,$(SIZE)),$(abspath $(OUT))/data,$(CURDIR)/data)
# Arguments of the simulations.
ARGS = +images=1
JOBS = 2
UNDERSTUDY = ../../understudy

COMMON = ../common
RTL = $(sort $(wildcard rtl/*.sv)) $(COMMON)/rtl/argmax.sv $(COMMON)/rtl/reset_sync.sv
MACROS = $(CIRCUITS:%=$(COMMON)/rtl/macros/%_bank.sv)
BANKS = $(CIRCUITS:%=$(WRAPPERS)/%_bank.sv)
RNM = $(CIRCUITS:%=../rnm/%_bank.sv) $(RNM_MODEL)
TB = tb/tb.sv $(COMMON)/tb/image_run.sv $(COMMON)/tb/exit_status.sv

# Stands for the data that small.sh writes.
SMALL_DATA = $(if $(filter small,$(SIZE)),$(OUT)/data/.written)
NUMBER_PARAMS = $(if $(VARIANT),OPAMP=$(if $(filter opamp,$(VARIANT)),1,0)) $(if $(SMALL_DATA),$(SMALL))
TEXT_PARAMS = $(if $(VARIANT),WEIGHTS=$(DATA)/$(VARIANT)) DATA=$(DATA)
IVERILOG = iverilog -g2012 -Wall -s tb $(NUMBER_PARAMS:%=-Ptb.%) \
  $(foreach p,$(TEXT_PARAMS),-Ptb.$(subst =,='",$(p))"')
VERILATOR = verilator --binary --timing --trace -j $(JOBS) --top-module tb -CFLAGS -O0 -MAKEFLAGS OPT_GLOBAL=-O0 \
  $(NUMBER_PARAMS:%=-G%) \
  $(foreach p,$(TEXT_PARAMS),-G$(subst =,='",$(p))"')

.PHONY: all icarus verilator run-icarus run-verilator rnm-icarus rnm-verilator lint unit-test clean
.DELETE_ON_ERROR:

all: icarus verilator

$(OUT)/data/.written: small.sh $(wildcard data/* data/*/*)
	$(SMALL) ./small.sh data $(@D)
	@touch $@

icarus: $(OUT)/icarus/tb.vvp
verilator: $(OUT)/verilator/Vtb
rnm-icarus: $(OUT)/rnm/icarus/tb.vvp
rnm-verilator: $(OUT)/rnm/verilator/Vtb

$(WRAPPERS)/%_bank.sv:
	$(UNDERSTUDY) wrap ../../models/$* --no-instance-trace --out $(@D)

$(OUT)/icarus/tb.vvp: $(RTL) $(TB) $(BANKS) | $(SMALL_DATA)
	@mkdir -p $(@D)
	$(IVERILOG) -I$(SHIM_SV) -o $@ $^

# The library's path is absolute, because the simulation is linked in its own folder.
$(OUT)/verilator/Vtb: $(RTL) $(TB) $(BANKS) $(SHIM)/libunderstudy_dpi.a | $(SMALL_DATA)
	@mkdir -p $(@D)
	$(VERILATOR) -I$(SHIM_SV) --Mdir $(@D) $(RTL) $(TB) $(BANKS) $(abspath $(SHIM))/libunderstudy_dpi.a \
	  >$(@D).log 2>&1 || { tail -n 40 $(@D).log >&2; exit 1; }

run-icarus: icarus
	vvp -n -M $(SHIM) -m understudy $(OUT)/icarus/tb.vvp $(ARGS)

run-verilator: verilator
	$(OUT)/verilator/Vtb $(ARGS)

$(OUT)/rnm/icarus/tb.vvp: $(RTL) $(TB) $(RNM) | $(SMALL_DATA)
	@mkdir -p $(@D)
	$(IVERILOG) -o $@ $(RTL) $(TB) $(RNM)

$(OUT)/rnm/verilator/Vtb: $(RTL) $(TB) $(RNM) | $(SMALL_DATA)
	@mkdir -p $(@D)
	$(VERILATOR) --Mdir $(@D) $(RTL) $(TB) $(RNM) >$(@D).log 2>&1 || { tail -n 40 $(@D).log >&2; exit 1; }

# The RTL's modules by themselves, in both simulators.
UNIT = tb/unit/unit_tb.sv

$(OUT)/unit/icarus/tb.vvp: $(RTL) $(MACROS) $(UNIT)
	@mkdir -p $(@D)
	iverilog -g2012 -s unit_tb -Punit_tb.DATA='"$(DATA)"' -o $@ $^

$(OUT)/unit/verilator/Vunit_tb: $(RTL) $(MACROS) $(UNIT)
	@mkdir -p $(@D)
	verilator --binary --timing -j $(JOBS) --top-module unit_tb -GDATA='"$(DATA)"' -CFLAGS -O0 \
	  -MAKEFLAGS OPT_GLOBAL=-O0 --Mdir $(@D) $^ >$(@D).log 2>&1 || { tail -n 40 $(@D).log >&2; exit 1; }

unit-test: $(OUT)/unit/icarus/tb.vvp $(OUT)/unit/verilator/Vunit_tb
	vvp -n $(OUT)/unit/icarus/tb.vvp >$(OUT)/unit/icarus.txt
	$(OUT)/unit/verilator/Vunit_tb >$(OUT)/unit/verilator.txt
	@cat $(OUT)/unit/icarus.txt $(OUT)/unit/verilator.txt | grep -E '^(PASS|FAIL) '
	@cat $(OUT)/unit/icarus.txt $(OUT)/unit/verilator.txt | awk '/^PASS /{p++} /^FAIL /{f++} /^END/{e++} \
	  END {if (e != 2) f++; print p+0 " passed, " f+0 " failed"; exit f > 0}'

lint:
	@mkdir -p $(OUT)
	verilator --lint-only -Wall --top-module $(TOP) $(RTL) $(MACROS)
	iverilog -g2012 -Wall -tnull -s $(TOP) $(RTL) $(MACROS) >$(OUT)/lint.log 2>&1; \
	  cat $(OUT)/lint.log; test ! -s $(OUT)/lint.log
	verilator --lint-only --timing -Wall -Wno-BLKSEQ -Wno-UNUSEDSIGNAL -Wno-DECLFILENAME \
	  --top-module tb $(RTL) $(TB) $(RNM)

clean:
	rm -rf $(OUT)
