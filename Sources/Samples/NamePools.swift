/// The forenames and surnames of an origin; each list is one string, parted by spaces.
struct NamePool: Sendable {
  let girls: [String]
  let boys: [String]
  let surnames: [String]

  init(girls: String, boys: String, surnames: String) {
    self.girls = girls.split(separator: " ").map(String.init)
    self.boys = boys.split(separator: " ").map(String.init)
    self.surnames = surnames.split(separator: " ").map(String.init)
  }

  static func of(_ origin: Origin) -> NamePool {
    switch origin {
    case .british, .caribbean, .mixed: british
    case .irish, .traveller: irish
    case .easternEuropean: easternEuropean
    case .southernEuropean: southernEuropean
    case .indian: indian
    case .pakistani, .bangladeshi: pakistani
    case .african: african
    case .chinese: chinese
    case .middleEastern: middleEastern
    }
  }

  private static let british = NamePool(
    girls: """
      Ava Isla Freya Poppy Evie Ivy Florence Willow Elsie Daisy Phoebe Matilda Harriet Maisie Zoë Chloë Imogen \
      Bethan Ffion Robyn Tilly Martha Esme Eliza Nancy Connie Darcey Lottie Orla Heidi Skye Edith Ottilie Amber \
      Erin Lacey Millie Renée Summer Violet Hallie Clementine Summer-Rose Lily-Mae Ellie-Mae Ada Beatrix Keira
      """,
    boys: """
      Alfie Archie Freddie Teddy Rory Finley Jude Reuben Toby Dexter Jenson Ellis Rhys Callum Caleb Stanley \
      Ralph Albie Ronnie Tommy Frankie Louie Hugo Jasper Kai Tyler Ewan Fraser Bailey Brody Kian Zac Felix Rowan \
      Bobby Sonny Alfie-Jay Tommy-Lee Gethin Barnaby Otis Wilfred Ezra Rupert Monty Spencer Gabriel Mason
      """,
    surnames: """
      Attwell Bagshaw Birchall Blakemore Bowden Brackley Bradwell Burridge Cartmell Chaplow Cheverton Coldrick \
      Copeland Corbishley Dawlish Dobbs Drinkwater Eastwell Elphick Fairbrass Farrant Fenwick Gadsby Garlick \
      Gosling Greatorex Hallam Hartnoll Hathersage Hebden Hollick Hollis-Grant Huxtable Inkpen Jessop Kettlewell \
      Kirkbride Lambourne Langridge Liddell Loveridge Marchbank Maybury Meadowcroft Merriman Nettleton Norcross \
      Oakeshott Oldroyd Pargeter Pennock Pickersgill Plumridge Pritchett Quartermain Ramsbottom Rawlings Redfern \
      Ridout Rosewell Sandall Scarborough Shackleford Sheldrake Siddall Skelton Sowerby Stannard Stockwell \
      Swinburn Tattersall Thackray Thistlewood Tranter Tregenza Underhill Varley Wadsworth Wainfleet Waterfield \
      Westacott Whitlock Wickens Wolstencroft Woodgate Wragg Yelland Yarwood Dunn-Avery Fitch-Moran Bell Cole \
      Frost Marsh Nash Pike Reeve Stone Webb Hale Lowe
      """)

  private static let irish = NamePool(
    girls: "Aoife Niamh Saoirse Róisín Ciara Clodagh Sinéad Maeve Gráinne Kathleen",
    boys: "Oisín Cillian Tadhg Fionn Darragh Pádraig Eoin Seán Declan Ruairí",
    surnames:
      "O'Hanlon O'Dwyer O'Rafferty McGlynn McInerney Geraghty Tierney Fogarty Devaney Hanrahan McDonagh")

  private static let easternEuropean = NamePool(
    girls: "Zofia Oliwia Lena Maja Alicja Nadia Iulia Bianca Daria Teodora Kamilė Aneta Zuzanna Božena Miłka",
    boys:
      "Kacper Szymon Oskar Filip Jakub Mateusz Andrei Ionuț Rareș Dominik Tomáš Łukasz Borys Nikolaj Emil",
    surnames: """
      Kowalik Zielonka Wójtowicz Piątek Górniak Sobczak Kamińczyk Jabłonka Dumitrache Munteanescu Ionașcu \
      Petrauskis Kazlauskienė Hrušková Nováček Šimkus Todorenko Horvatek
      """)

  private static let southernEuropean = NamePool(
    girls: "Inês Beatriz Mariana Lucía Sofía Chiara Giulia Leonor Martina Noémie",
    boys: "João Tiago Gonçalo Mateo Álvaro Luca Matteo Duarte Iñigo Rémi",
    surnames:
      "Gonçalves Falcão Conceição Muñiz Ibáñez Bellandi Ferrarini Caldeira Peçanha Núñez-Reis D'Angeli")

  private static let indian = NamePool(
    girls: "Aanya Diya Ishita Kavya Meera Navya Riya Simran Tanvi Jasleen Anjali Harleen",
    boys: "Aarav Arjun Dhruv Ishaan Karan Nikhil Rohan Vihaan Jaskaran Gurdeep Pranav Yuvraj",
    surnames: """
      Bhattal Chauhanji Dhaliwal Gadhvi Hothi Jagdeo Kalsi Lakhani Mistry Nandra Panesar Raichura Sahota Thakrar \
      Vaghela Kurian Menon Pillai Varghese
      """)

  private static let pakistani = NamePool(
    girls: "Aisha Fatima Hafsa Iqra Maryam Zainab Sumaiya Khadija Noor Amina Tahmina Rukhsana",
    boys: "Ibrahim Yusuf Hamza Bilal Zayd Musa Idris Haroon Taha Sufyan Rayyan Shahid",
    surnames: """
      Akhtar Bashir Choudhary Dar Farooqi Ghafoor Hanif Iqbal Jabbar Kayani Lodhi Mughal Qazi Rafiq Sarwar Tariq Zaman \
      Miah Talukdar Uddin Mazumder
      """)

  private static let african = NamePool(
    girls: "Ama Adaeze Chiamaka Efua Ifeoma Temi Wanjiru Zanele Yewande Hodan Semhar Folasade",
    boys: "Kwame Chidi Tobenna Femi Kofi Tendai Obinna Ayo Mekdes Yaw Sizwe Abdi",
    surnames: """
      Adeyinka Boakye Chukwuma Dankwah Eze-Obi Fofanah Gyamfi Igwebuike Jalloh Kamara Larbi Mutasa Nwachukwu \
      Okonjo Ogunleye Sesay Tetteh Warsame Yeboah N'Diaye
      """)

  private static let chinese = NamePool(
    girls: "Mei-Lin Xinyi Yutong Hoi-Ching Jia Wing-Yan Ka-Yi Siu-Wai",
    boys: "Haoran Junwei Zihan Chun-Ho Tsz-Kin Yichen Ka-Ming Lok-Hei",
    surnames: "Cheung Fong Kwok Lau Leung Mok Ng Poon Tsang Yip Zhou Ouyang")

  private static let middleEastern = NamePool(
    girls: "Layla Yasmin Hala Rima Elif Zeynep Shirin Parisa Nour Tara",
    boys: "Karim Sami Tarek Emre Kerem Arash Navid Dilan Rebin Omid",
    surnames: "Al-Rubaie Barzani-Kaya Çelikkol Daryani Farahmand Haddadin Karimzadeh Öztekin Sabagh Yılmazer")
}
