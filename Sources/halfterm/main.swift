print("halfterm")
