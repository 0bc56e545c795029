module vtep

go 1.19
