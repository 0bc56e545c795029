module bindingsbench

go 1.19

require vtep v0.1.0

replace vtep => ../../../bindings/go
