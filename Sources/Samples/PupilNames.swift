import Registers

/// The origin of a made-up pupil's names, which also determines ethnicity, festival and first language.
enum NameOrigin: CaseIterable, Sendable {
  case british, irish, traveller, easternEuropean, southernEuropean, indian, pakistani, bangladeshi, african,
    caribbean, chinese, middleEastern, mixed

  /// The number of pupils of each origin in a thousand, similar to towns in southern England.
  static let weights = [600, 12, 8, 68, 28, 48, 44, 22, 62, 18, 14, 22, 54]

  /// The DfE ethnicity codes of pupils of this origin.
  var ethnicities: [String] {
    switch self {
    case .british: ["WBRI"]
    case .irish: ["WIRI"]
    case .traveller: ["WIRT", "WROM"]
    case .easternEuropean: ["WOTH", "WEEU"]
    case .southernEuropean: ["WOTH", "WWEU"]
    case .indian: ["AIND"]
    case .pakistani: ["APKN"]
    case .bangladeshi: ["ABAN"]
    case .african: ["BAFR"]
    case .caribbean: ["BCRB", "BOTH"]
    case .chinese: ["CHNE"]
    case .middleEastern: ["OOTH", "OARA"]
    case .mixed: ["MWBC", "MWBA", "MWAS", "MOTH"]
    }
  }

  /// The percentage of pupils of this origin with English as an additional language.
  var englishAdditionalPercent: Int {
    switch self {
    case .british, .irish, .caribbean: 1
    case .mixed: 12
    case .traveller: 30
    case .african: 60
    case .indian, .pakistani, .bangladeshi: 72
    case .easternEuropean, .southernEuropean, .chinese, .middleEastern: 85
    }
  }
}

/// A festival for which a family may request a day of religious observance.
enum Festival: Sendable {
  case diwali, eid, orthodoxChristmas

  /// Creates the festival of an origin, or returns `nil` if the origin has none.
  init?(of origin: NameOrigin) {
    switch origin {
    case .indian: self = .diwali
    case .pakistani, .bangladeshi, .middleEastern: self = .eid
    case .easternEuropean: self = .orthodoxChristmas
    case .british, .irish, .traveller, .southernEuropean, .african, .caribbean, .chinese, .mixed: return nil
    }
  }

  /// The school day of the festival in 2025/26, by the dates that calendars predicted.
  var day: Day {
    switch self {
    case .diwali: SampleCalendar.day(10, 20)
    case .eid: SampleCalendar.day(3, 20)
    case .orthodoxChristmas: SampleCalendar.day(1, 7)
    }
  }

  /// The percentage of families who request the day.
  var observancePercent: Int {
    switch self {
    case .diwali: 55
    case .eid: 80
    case .orthodoxChristmas: 14
    }
  }
}

/// The surname and forename of a made-up pupil.
struct PupilName: Sendable {
  let surname: String
  let forename: String

  init(of origin: NameOrigin, sex: Sex, using random: inout SplitMix64) {
    let pool = NamePool.of(origin)
    forename = random.element(of: sex == .female ? pool.girls : pool.boys)
    guard origin == .mixed, random.bool(percent: 60) else {
      surname = random.element(of: pool.surnames)
      return
    }
    let otherOrigin = random.element(of: [
      NameOrigin.caribbean, .african, .indian, .southernEuropean, .chinese, .middleEastern,
    ])
    let otherSurname = random.element(of: NamePool.of(otherOrigin).surnames)
    // Some families of two origins use both surnames.
    let isHyphenated = random.bool(percent: 25) && !otherSurname.contains("-")
    surname =
      isHyphenated
      ? random.element(of: ["Marsh", "Hale", "Cole", "Webb"]) + "-" + otherSurname : otherSurname
  }
}

/// The forenames and surnames of an origin.
struct NamePool: Sendable {
  let girls: [String]
  let boys: [String]
  let surnames: [String]

  /// Creates a pool from lists of names separated by spaces.
  private init(girls: String, boys: String, surnames: String) {
    self.girls = girls.split(separator: " ").map(String.init)
    self.boys = boys.split(separator: " ").map(String.init)
    self.surnames = surnames.split(separator: " ").map(String.init)
  }

  static func of(_ origin: NameOrigin) -> NamePool {
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
