#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int a;
   string a;
   CThing(void) { }
  };
#endif
// refused: defined-twice at 7:11
