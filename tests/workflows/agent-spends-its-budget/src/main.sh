echo right
