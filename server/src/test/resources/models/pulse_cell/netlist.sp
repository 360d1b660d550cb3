* one capacitor; never simulated
c1 mem 0 1p
