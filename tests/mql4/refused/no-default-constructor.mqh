#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing
  {
public:
   int a;
  };
#endif
// refused: no-default-constructor at 3:7
