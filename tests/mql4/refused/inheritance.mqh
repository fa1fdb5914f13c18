#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
class CThing : public CBase
  {
  };
#endif
// refused: inheritance at 3:14
