#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   CThing(const int a) { }
  };
#endif
// refused: constructor-arguments at 6:4
