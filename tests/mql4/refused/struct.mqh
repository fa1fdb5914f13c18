#ifndef REFUSED_V1_MQH
#define REFUSED_V1_MQH
struct SThing
  {
   int a;
  };
#endif
// refused: struct at 3:1
